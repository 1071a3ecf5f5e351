-- Debits whose memo names a payment list, by its own or by the bank's batch number.
-- Grain: one row per bank line and batch. Where one number is part of another, the longer one is meant. What was paid in
-- advance and reimbursed is linked already (M64, M65).
-- Reads: matched.batch_totals, facts.bank_lines, matched.allotments_out, matched.reimbursements, matched.advances.
WITH named AS (
    SELECT
        b.bank_line_id, t.batch_key, b.amount_yuan, b.value_on,
        CASE WHEN STRPOS(b.memo, t.batch_no) > 0 THEN t.batch_no ELSE t.bank_batch_no END AS named_no
    FROM matched.batch_totals AS t
    INNER JOIN facts.bank_lines AS b ON b.unit_code = t.unit_code AND b.direction = 'out'
    LEFT JOIN matched.allotments_out AS o ON o.bank_line_id = b.bank_line_id
    WHERE o.bank_line_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM matched.advances AS v WHERE v.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (
            SELECT 1 FROM matched.reimbursements AS r
            WHERE r.bank_line_id = b.bank_line_id OR r.batch_key = t.batch_key
        )
        AND (STRPOS(b.memo, t.batch_no) > 0 OR STRPOS(b.memo, t.bank_batch_no) > 0)
)
SELECT n.bank_line_id, n.batch_key, n.amount_yuan, n.value_on
FROM named AS n
WHERE NOT EXISTS (
    SELECT 1 FROM named AS longer
    WHERE longer.bank_line_id = n.bank_line_id AND longer.batch_key <> n.batch_key
        AND LENGTH(longer.named_no) > LENGTH(n.named_no) AND STRPOS(longer.named_no, n.named_no) > 0
)
ORDER BY n.bank_line_id, n.batch_key
