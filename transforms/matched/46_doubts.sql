-- What only a person can decide: payments and debits that are both still open although they fit each other, because others
-- fit as well. What has found no partner, while all that fits it is settled, is not in doubt: it is unmatched or unexplained.
-- Grain: one row per open payment and open debit that may pay it.
-- Reads: matched.single_candidates, matched.batch_candidates, matched.payment_lines, matched.line_results, matched.batches, matched.paid.
WITH candidates AS (
    SELECT payment_id, bank_line_id FROM matched.single_candidates
    UNION
    SELECT l.payment_id, c.bank_line_id
    FROM matched.batch_candidates AS c
    INNER JOIN matched.batches AS b ON b.batch_key = c.batch_key AND b.bank_line_count = 0 AND b.single_count = 0
    INNER JOIN matched.payment_lines AS l ON CONCAT(l.unit_code, '|', l.batch_no) = c.batch_key AND NOT l.is_held
    LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
    WHERE COALESCE(r.result_status, '') <> 'failed'
)
SELECT c.payment_id, c.bank_line_id
FROM candidates AS c
WHERE NOT EXISTS (SELECT 1 FROM matched.paid AS p WHERE p.payment_id = c.payment_id)
    AND NOT EXISTS (SELECT 1 FROM matched.paid AS p WHERE p.bank_line_id = c.bank_line_id)
ORDER BY c.payment_id, c.bank_line_id
