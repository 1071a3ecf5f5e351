-- M30 by amount: the debit of a list that no debit names: what is paired by date, and what is left of it.
-- Grain: one row per batch. Of what is left a list with a bank result comes before one without, its successes before its total,
-- a debit that speaks of a list before one that does not, then the nearest on both sides; of equally near ones none is
-- taken, and nearness decides only between those that are alike in every figure.
-- Reads: matched.batch_candidates, matched.batches_in_order.
WITH in_order AS (
    SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count FROM matched.batches_in_order
),
left_over AS (
    SELECT
        c.*, CONCAT_WS('', c.is_unanswered, c.is_total_only, c.is_silent) AS weakness
    FROM matched.batch_candidates AS c
    WHERE c.batch_key NOT IN (SELECT o.batch_key FROM in_order AS o)
        AND c.bank_line_id NOT IN (SELECT o.bank_line_id FROM in_order AS o)
),
weighed AS (
    SELECT
        c.*,
        MIN(c.nature) OVER (PARTITION BY c.bank_line_id, c.weakness)
            <> MAX(c.nature) OVER (PARTITION BY c.bank_line_id, c.weakness) AS is_mixed,
        MIN(c.account_key) OVER (PARTITION BY c.batch_key, c.weakness)
            <> MAX(c.account_key) OVER (PARTITION BY c.batch_key, c.weakness) AS has_accounts
    FROM left_over AS c
),
ranked AS (
    SELECT
        w.*,
        MAX(CASE WHEN w.is_mixed OR w.has_accounts THEN 1 ELSE 0 END) OVER (
            PARTITION BY w.batch_key, w.weakness
        ) AS is_doubtful,
        COUNT(*) OVER (PARTITION BY w.batch_key) AS candidate_count,
        RANK() OVER (PARTITION BY w.batch_key ORDER BY w.weakness, w.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY w.bank_line_id ORDER BY w.weakness, w.days_apart) AS batch_rank
    FROM weighed AS w
),
mutual AS (
    SELECT
        r.*,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) AS batches_alike,
        COUNT(*) OVER (PARTITION BY r.batch_key) AS lines_alike
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.batch_rank = 1
)
SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count FROM in_order
UNION ALL
SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count
FROM mutual
WHERE batches_alike = 1 AND lines_alike = 1 AND is_doubtful = 0
ORDER BY batch_key
