-- M40: what is left, the nearest on both sides; of equally near ones none is taken.
-- Grain: one row per payment.
-- Reads: matched.single_candidates, matched.singles_in_order.
WITH left_over AS (
    SELECT c.*
    FROM matched.single_candidates AS c
    WHERE c.payment_id NOT IN (SELECT s.payment_id FROM matched.singles_in_order AS s)
        AND c.bank_line_id NOT IN (SELECT s.bank_line_id FROM matched.singles_in_order AS s)
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.payment_id) AS candidate_count,
        RANK() OVER (PARTITION BY c.payment_id ORDER BY c.evidence_rank, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.days_apart) AS payment_rank
    FROM left_over AS c
),
mutual AS (
    SELECT
        r.*,
        COUNT(*) OVER (PARTITION BY r.payment_id) AS lines_alike,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) AS payments_alike
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.payment_rank = 1
)
SELECT payment_id, bank_line_id, amount_yuan, value_on, candidate_count
FROM mutual
WHERE lines_alike = 1 AND payments_alike = 1
ORDER BY payment_id
