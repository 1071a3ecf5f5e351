-- M30 by number: one debit that names a list and equals its total or its successes; one that names several lists and equals
-- what they come to together; else all debits that name a list together.
-- Grain: one row per batch and debit; amount_yuan: what the list has of the debit. A list that is named, but whose debits equal
-- none of these, matches nothing (R16.total).
-- Reads: matched.batch_links, matched.batch_totals, matched.payee_debits, facts.bank_lines.
WITH links AS (
    SELECT
        k.bank_line_id, k.batch_key, k.amount_yuan, k.value_on, b.account_key, t.total_yuan, t.success_yuan,
        COUNT(*) OVER (PARTITION BY k.bank_line_id) AS batch_count,
        COUNT(*) OVER (PARTITION BY k.batch_key) AS candidate_count,
        SUM(t.success_yuan) OVER (PARTITION BY k.bank_line_id) AS successes_yuan,
        SUM(t.total_yuan) OVER (PARTITION BY k.bank_line_id) AS totals_yuan
    FROM matched.batch_links AS k
    INNER JOIN matched.batch_totals AS t ON t.batch_key = k.batch_key
    INNER JOIN facts.bank_lines AS b ON b.bank_line_id = k.bank_line_id
    LEFT JOIN matched.payee_debits AS p ON p.bank_line_id = k.bank_line_id
    WHERE p.bank_line_id IS NULL
),
fitting AS (
    SELECT
        l.*,
        ROW_NUMBER() OVER (
            PARTITION BY l.batch_key
            ORDER BY CASE WHEN l.amount_yuan = l.success_yuan THEN 0 ELSE 1 END, l.value_on, l.bank_line_id
        ) AS choice,
        MIN(l.account_key) OVER (PARTITION BY l.batch_key) <> MAX(l.account_key) OVER (PARTITION BY l.batch_key) AS is_unsure
    FROM links AS l
    WHERE l.amount_yuan = l.success_yuan OR l.amount_yuan = l.total_yuan
),
whole AS ( -- a debit that names two lists of its sum pays neither for certain, nor does one of two accounts
    SELECT f.*, COUNT(*) OVER (PARTITION BY f.bank_line_id) AS list_count FROM fitting AS f
    WHERE f.choice = 1 AND NOT f.is_unsure
),
together AS ( -- several lists in one debit; a list that a debit pays alone is not among them
    SELECT
        l.*,
        CASE WHEN l.amount_yuan = l.successes_yuan THEN l.success_yuan ELSE l.total_yuan END AS share_yuan,
        ROW_NUMBER() OVER (PARTITION BY l.batch_key ORDER BY l.value_on, l.bank_line_id) AS choice,
        MAX(CASE WHEN w.batch_key IS NULL THEN 0 ELSE 1 END) OVER (PARTITION BY l.bank_line_id) AS has_paid_alone,
        MIN(l.account_key) OVER (PARTITION BY l.batch_key) <> MAX(l.account_key) OVER (PARTITION BY l.batch_key) AS is_unsure
    FROM links AS l
    LEFT JOIN whole AS w ON w.batch_key = l.batch_key
    WHERE l.batch_count > 1 AND (l.amount_yuan = l.successes_yuan OR l.amount_yuan = l.totals_yuan)
),
shared AS ( -- each of its lists has this debit, or none has
    SELECT t.*
    FROM together AS t
    WHERE t.has_paid_alone = 0
        AND NOT EXISTS (
            SELECT 1 FROM together AS o WHERE o.bank_line_id = t.bank_line_id AND (o.choice > 1 OR o.is_unsure)
        )
),
sums AS (
    SELECT batch_key
    FROM links
    WHERE batch_count = 1 AND batch_key NOT IN (SELECT w.batch_key FROM whole AS w)
        AND batch_key NOT IN (SELECT s.batch_key FROM shared AS s)
    GROUP BY batch_key
    HAVING COUNT(*) > 1 AND (SUM(amount_yuan) = MIN(success_yuan) OR SUM(amount_yuan) = MIN(total_yuan))
)
SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count
FROM whole
WHERE list_count = 1
UNION ALL
SELECT batch_key, bank_line_id, share_yuan, value_on, candidate_count
FROM shared
UNION ALL
SELECT l.batch_key, l.bank_line_id, l.amount_yuan, l.value_on, l.candidate_count
FROM links AS l
INNER JOIN sums AS s ON s.batch_key = l.batch_key
ORDER BY batch_key, bank_line_id
