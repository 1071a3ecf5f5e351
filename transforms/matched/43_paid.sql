-- What was paid, by which debit.
-- Grain: one row per paid payment; a payment has at most one paying line.
-- What people have decided comes first (M05); such a debit is a list's where the list was chosen as a whole.
-- Reads: matched.batch_payments, matched.singles_named, matched.singles_in_order, matched.singles_nearest, matched.decided,
-- facts.bank_lines.
WITH decided AS (
    SELECT
        CASE WHEN d.is_list THEN 'batch' ELSE 'single' END AS shape, d.payment_id, d.bank_line_id, d.amount_yuan,
        1 AS candidate_count
    FROM matched.decided AS d
    WHERE d.void_code IS NULL AND d.direction = 'out' AND d.payment_id IS NOT NULL
),
pairs AS (
    SELECT shape, payment_id, bank_line_id, amount_yuan, candidate_count FROM decided
    UNION ALL
    SELECT 'batch' AS shape, payment_id, bank_line_id, amount_yuan, candidate_count FROM matched.batch_payments
    UNION ALL
    SELECT 'single', payment_id, bank_line_id, amount_yuan, candidate_count FROM matched.singles_named
    UNION ALL
    SELECT 'single', payment_id, bank_line_id, amount_yuan, candidate_count FROM matched.singles_in_order
    UNION ALL
    SELECT 'single', payment_id, bank_line_id, amount_yuan, candidate_count FROM matched.singles_nearest
)
SELECT p.shape, p.payment_id, p.bank_line_id, p.amount_yuan, p.candidate_count, b.value_on, b.account_key
FROM pairs AS p
INNER JOIN facts.bank_lines AS b ON b.bank_line_id = p.bank_line_id
ORDER BY p.payment_id
