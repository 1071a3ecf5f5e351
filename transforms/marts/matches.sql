-- 对账结果
-- Grain: one row per bank line and payment that it pays or undoes; one row where no single payment is known.
-- Reads: matched.matches, matched.candidates.
WITH shown AS ( -- what people had to choose from
    SELECT bank_line_id, COUNT(*) AS candidate_count FROM matched.candidates GROUP BY bank_line_id
)
SELECT
    m.city_code, m.match_id, m.rule, m.bank_line_id, m.payment_id, m.batch_no, m.notice_no, m.amount_yuan,
    CASE WHEN m.rule = 'M05.decided' THEN COALESCE(s.candidate_count, 1) ELSE m.candidate_count END AS candidate_count
FROM matched.matches AS m
LEFT JOIN shown AS s ON s.bank_line_id = m.bank_line_id
ORDER BY m.city_code, m.match_id
