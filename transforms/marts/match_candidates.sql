-- 对账依据
-- Grain: one row per bank line and payment or list that was looked at.
-- Reads: matched.candidates.
SELECT
    city_code, pair_id, bank_line_id, unit_code, direction, payment_id, batch_no, rule, is_same_account, is_same_name,
    is_same_amount, is_number_named, days_apart, line_rank, payment_rank, is_chosen, loss_code
FROM matched.candidates
ORDER BY city_code, pair_id
