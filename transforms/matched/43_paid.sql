-- What was paid, by which debit.
-- Grain: one row per paid payment; a payment has at most one paying line.
-- Reads: matched.batch_payments, matched.singles_in_order, matched.singles_nearest, facts.bank_lines.
WITH pairs AS (
    SELECT 'batch' AS shape, payment_id, bank_line_id, amount_yuan, candidate_count FROM matched.batch_payments
    UNION ALL
    SELECT 'single', payment_id, bank_line_id, amount_yuan, candidate_count FROM matched.singles_in_order
    UNION ALL
    SELECT 'single', payment_id, bank_line_id, amount_yuan, candidate_count FROM matched.singles_nearest
)
SELECT p.shape, p.payment_id, p.bank_line_id, p.amount_yuan, p.candidate_count, b.value_on, b.account_key
FROM pairs AS p
INNER JOIN facts.bank_lines AS b ON b.bank_line_id = p.bank_line_id
ORDER BY p.payment_id
