-- 对账待办二: payments and lists that no bank line answers, as far as no open line asks about them already (open_lines).
-- Grain: one row per open payment (or list, where none of it was paid) and line outside the funds that may have paid it,
-- and one without line at the end of each.
-- Reads: matched.payments, matched.batches, matched.candidates, matched.bank_lines, facts.choices, matched.void_decisions.
WITH asked AS (
    SELECT c.payment_id, c.batch_key
    FROM matched.candidates AS c
    INNER JOIN matched.bank_lines AS b ON b.bank_line_id = c.bank_line_id
    WHERE b.classification IN ('unexplained', 'ambiguous')
        OR b.bank_line_id IN (SELECT v.bank_line_id FROM matched.void_decisions AS v)
),
open_payments AS (
    SELECT
        p.*, CONCAT(p.unit_code, '|', p.batch_no) AS batch_key,
        b.bank_line_count = 0 AND b.single_count = 0 AND b.line_count > 1 AS is_list, b.total_yuan, b.line_count,
        b.last_pay_on
    FROM matched.payments AS p
    INNER JOIN matched.batches AS b ON b.unit_code = p.unit_code AND b.batch_no = p.batch_no
    WHERE p.status IN ('unmatched', 'ambiguous')
        AND NOT EXISTS (SELECT 1 FROM asked AS a WHERE a.payment_id = p.payment_id)
        AND NOT EXISTS (SELECT 1 FROM asked AS a WHERE a.batch_key = CONCAT(p.unit_code, '|', p.batch_no))
),
items AS (
    SELECT
        unit_code, MIN(status) AS item_code, batch_no, CAST(NULL AS VARCHAR) AS payment_id,
        SUBSTR(SHA256(batch_key), 1, 16) AS list_id, CAST(NULL AS VARCHAR) AS person_name,
        CAST(NULL AS VARCHAR) AS aid_category, MAX(last_pay_on) AS pay_on,
        CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan, COUNT(*) AS line_count, MIN(source_file) AS source_file,
        MIN(sheet) AS sheet, MIN(row_no) AS row_no
    FROM open_payments
    WHERE is_list
    GROUP BY unit_code, batch_no, batch_key
    UNION ALL
    SELECT unit_code, status, batch_no, payment_id, NULL, person_name, aid_category, pay_on, amount_yuan, NULL,
        source_file, sheet, row_no
    FROM open_payments
    WHERE NOT is_list
),
pairs AS (
    SELECT
        i.unit_code, COALESCE(i.payment_id, i.list_id) AS item_id, c.bank_line_id, c.payment_rank, c.is_same_account,
        c.is_same_name, c.is_same_amount, c.is_number_named, c.days_apart, c.loss_code
    FROM items AS i
    INNER JOIN matched.candidates AS c ON c.payment_id = i.payment_id AND c.direction = 'out' AND NOT c.is_chosen
    INNER JOIN matched.bank_lines AS b ON b.bank_line_id = c.bank_line_id AND b.classification = 'out_of_scope'
    WHERE c.loss_code <> 'decided'
    UNION ALL
    SELECT i.unit_code, COALESCE(i.payment_id, i.list_id), NULL, NULL, FALSE, FALSE, FALSE, FALSE, NULL, NULL
    FROM items AS i
),
said AS (
    SELECT
        COALESCE(c.payment_id, c.list_id) AS item_id, COALESCE(c.bank_line_id, '') AS bank_line_id, c.choice, c.decided_by,
        c.decided_on, v.void_code,
        ROW_NUMBER() OVER (
            PARTITION BY COALESCE(c.payment_id, c.list_id), COALESCE(c.bank_line_id, '') ORDER BY c.ingest_no DESC, c.row_id
        ) AS place
    FROM facts.choices AS c
    LEFT JOIN matched.void_decisions AS v ON v.row_id = c.row_id
    WHERE c.payment_id IS NOT NULL OR c.list_id IS NOT NULL
)
SELECT
    i.unit_code, p.item_id, p.bank_line_id, i.item_code, i.payment_id, i.list_id, i.person_name, i.batch_no,
    i.aid_category, i.pay_on, i.amount_yuan, i.line_count, i.source_file, i.sheet, i.row_no,
    p.payment_rank AS line_rank, b.account_last4, b.value_on, b.direction, b.amount_yuan AS candidate_yuan,
    b.counterparty_name, b.memo, p.is_same_account, p.is_same_name, p.is_same_amount, p.is_number_named, p.days_apart,
    p.loss_code, s.choice AS said_choice, s.decided_by AS said_by, s.decided_on AS said_on, s.void_code
FROM items AS i
INNER JOIN pairs AS p ON p.unit_code = i.unit_code AND p.item_id = COALESCE(i.payment_id, i.list_id)
LEFT JOIN matched.bank_lines AS b ON b.bank_line_id = p.bank_line_id
LEFT JOIN said AS s
    ON s.item_id = p.item_id AND s.bank_line_id = COALESCE(p.bank_line_id, '') AND s.place = 1
ORDER BY i.unit_code, i.pay_on NULLS LAST, i.batch_no, p.item_id, p.payment_rank NULLS LAST, p.bank_line_id NULLS LAST
