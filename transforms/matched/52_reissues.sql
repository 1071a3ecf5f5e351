-- Which payment pays again what came back: same person, amount, category, source and notice, after the return.
-- Grain: one row per reissue; returns and reissues are paired in order of time. 备注 is no condition. What the bank refused
-- (失败) was never paid, however it booked it: the payment that follows is a first one.
-- Reads: matched.returns, matched.payment_lines, matched.paid.
WITH returned AS (
    SELECT l.payment_id, r.credited_on,
        CONCAT_WS('|', l.unit_code, COALESCE(l.person_key, l.name_key), CAST(l.amount_yuan AS VARCHAR), l.aid_category,
            l.fund_source, COALESCE(l.notice_no, ''), COALESCE(l.student_key, '')) AS nature
    FROM matched.returns AS r
    INNER JOIN matched.payment_lines AS l ON l.payment_id = r.payment_id
    INNER JOIN matched.paid AS p ON p.payment_id = r.payment_id
),
later AS (
    SELECT l.payment_id, COALESCE(p.value_on, l.pay_on) AS paid_on,
        CONCAT_WS('|', l.unit_code, COALESCE(l.person_key, l.name_key), CAST(l.amount_yuan AS VARCHAR), l.aid_category,
            l.fund_source, COALESCE(l.notice_no, ''), COALESCE(l.student_key, '')) AS nature
    FROM matched.payment_lines AS l
    LEFT JOIN matched.paid AS p ON p.payment_id = l.payment_id
    WHERE NOT l.is_held
),
candidates AS (
    SELECT
        r.payment_id AS reissue_of, l.payment_id, r.credited_on, l.paid_on,
        RANK() OVER (PARTITION BY r.payment_id ORDER BY l.paid_on, l.payment_id) AS next_rank,
        RANK() OVER (PARTITION BY l.payment_id ORDER BY r.credited_on, r.payment_id) AS first_rank
    FROM returned AS r
    INNER JOIN later AS l ON l.nature = r.nature AND l.payment_id <> r.payment_id AND l.paid_on >= r.credited_on
)
SELECT payment_id, reissue_of
FROM candidates
WHERE next_rank = first_rank
ORDER BY payment_id
