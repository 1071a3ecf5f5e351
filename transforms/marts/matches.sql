-- 对账结果
-- Grain: one row per bank line and payment that it pays or undoes; one row where no single payment is known.
-- Reads: matched.matches.
SELECT city_code, match_id, rule, bank_line_id, payment_id, batch_no, notice_no, amount_yuan, candidate_count
FROM matched.matches
ORDER BY city_code, match_id
