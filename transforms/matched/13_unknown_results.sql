-- Result lines that no line of any list answers.
-- Grain: one row per such line.
-- Reads: matched.payout_results.
SELECT row_id, unit_code, batch_no
FROM matched.payout_results
WHERE payment_id IS NULL
ORDER BY row_id
