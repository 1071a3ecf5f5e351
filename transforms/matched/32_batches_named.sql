-- M30 by number: one debit that names a list and equals its total or its successes, else all debits that name it together.
-- Grain: one row per batch and debit. A list that is named, but whose debits equal neither, matches nothing (R16.total).
-- Reads: matched.batch_links, matched.batch_totals, matched.payee_debits.
WITH links AS (
    SELECT
        k.bank_line_id, k.batch_key, k.amount_yuan, k.value_on, t.total_yuan, t.success_yuan,
        COUNT(*) OVER (PARTITION BY k.bank_line_id) AS batch_count,
        COUNT(*) OVER (PARTITION BY k.batch_key) AS candidate_count
    FROM matched.batch_links AS k
    INNER JOIN matched.batch_totals AS t ON t.batch_key = k.batch_key
    LEFT JOIN matched.payee_debits AS p ON p.bank_line_id = k.bank_line_id
    WHERE p.bank_line_id IS NULL
),
whole AS (
    SELECT
        l.*,
        ROW_NUMBER() OVER (
            PARTITION BY l.batch_key
            ORDER BY CASE WHEN l.amount_yuan = l.success_yuan THEN 0 ELSE 1 END, l.value_on, l.bank_line_id
        ) AS choice
    FROM links AS l
    WHERE l.amount_yuan = l.success_yuan OR l.amount_yuan = l.total_yuan
),
sums AS (
    SELECT batch_key
    FROM links
    WHERE batch_count = 1 AND batch_key NOT IN (SELECT w.batch_key FROM whole AS w)
    GROUP BY batch_key
    HAVING COUNT(*) > 1 AND (SUM(amount_yuan) = MIN(success_yuan) OR SUM(amount_yuan) = MIN(total_yuan))
)
SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count
FROM whole
WHERE choice = 1
UNION ALL
SELECT l.batch_key, l.bank_line_id, l.amount_yuan, l.value_on, l.candidate_count
FROM links AS l
INNER JOIN sums AS s ON s.batch_key = l.batch_key
ORDER BY batch_key, bank_line_id
