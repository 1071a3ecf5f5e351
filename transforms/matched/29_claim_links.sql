-- Bank lines whose memo names a purchase: its 采购批次号, 合同号 or 发票号码.
-- Grain: one row per bank line and claim. Where one number is part of another, the longer one is meant; a number of
-- fewer than four signs may stand in any memo and names nothing. Each memo is looked at once, however often it occurs.
-- Reads: matched.claim_parts, matched.payables, facts.bank_lines.
WITH purchases AS (
    SELECT c.claim_id, p.unit_code, p.batch_no, p.contract_no, p.invoice_no
    FROM matched.claim_parts AS c
    INNER JOIN matched.payables AS p ON p.payable_id = c.payable_id AND p.kind = 'purchases'
),
numbers AS (
    SELECT claim_id, unit_code, batch_no AS named_no FROM purchases
    UNION
    SELECT claim_id, unit_code, contract_no FROM purchases
    UNION
    SELECT claim_id, unit_code, invoice_no FROM purchases
),
telling AS (
    SELECT DISTINCT unit_code, named_no FROM numbers WHERE LENGTH(named_no) > 3
),
memos AS (
    SELECT DISTINCT unit_code, memo FROM facts.bank_lines WHERE memo <> ''
),
shown AS (
    SELECT m.unit_code, m.memo, t.named_no
    FROM memos AS m
    INNER JOIN telling AS t ON t.unit_code = m.unit_code
    WHERE STRPOS(m.memo, t.named_no) > 0
),
meant AS (
    SELECT s.*
    FROM shown AS s
    WHERE NOT EXISTS (
        SELECT 1 FROM shown AS longer
        WHERE longer.unit_code = s.unit_code AND longer.memo = s.memo
            AND LENGTH(longer.named_no) > LENGTH(s.named_no) AND STRPOS(longer.named_no, s.named_no) > 0
    )
)
SELECT DISTINCT b.bank_line_id, n.claim_id
FROM meant AS m
INNER JOIN facts.bank_lines AS b ON b.unit_code = m.unit_code AND b.memo = m.memo
INNER JOIN numbers AS n ON n.unit_code = m.unit_code AND n.named_no = m.named_no
ORDER BY b.bank_line_id, n.claim_id
