-- What a supplier, or an enterprise that is visited, may be paid at once: an invoice, all invoices of a purchase batch,
-- and of an invoice over several sources what each source pays.
-- Grain: one row per claim and payable in it. level_no: 1 one source of a bill, 2 a bill, 3 a batch of several bills.
-- Claims of one level share nothing; a claim with one bill, or a bill with one source, is there once. A 红字 line is part
-- of none.
-- Reads: matched.payables.
WITH payables AS (
    SELECT
        p.*, CONCAT_WS('|', p.fund_source, CAST(p.budget_year AS VARCHAR)) AS money,
        CONCAT_WS('|', 'batch', p.payee_name, p.batch_no) AS batch_key
    FROM matched.payables AS p
    WHERE p.amount_yuan > 0
),
bills AS (
    SELECT unit_code, bill_key FROM payables GROUP BY unit_code, bill_key HAVING COUNT(DISTINCT money) > 1
),
batches AS (
    SELECT unit_code, batch_key
    FROM payables
    WHERE kind = 'purchases'
    GROUP BY unit_code, batch_key
    HAVING COUNT(DISTINCT bill_key) > 1
),
keyed AS (
    SELECT p.payable_id, p.unit_code, 1 AS level_no, CONCAT_WS('|', p.bill_key, p.money) AS claim_key
    FROM payables AS p
    INNER JOIN bills AS b ON b.unit_code = p.unit_code AND b.bill_key = p.bill_key
    UNION ALL
    SELECT payable_id, unit_code, 2, bill_key FROM payables
    UNION ALL
    SELECT p.payable_id, p.unit_code, 3, p.batch_key
    FROM payables AS p
    INNER JOIN batches AS b ON b.unit_code = p.unit_code AND b.batch_key = p.batch_key AND p.kind = 'purchases'
)
SELECT SUBSTR(SHA256(CONCAT_WS('|', level_no, unit_code, claim_key)), 1, 16) AS claim_id, payable_id, level_no
FROM keyed
ORDER BY claim_id, payable_id
