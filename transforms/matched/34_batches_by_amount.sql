-- M30 by amount: the debit of a list that no debit names.
-- Grain: one row per batch. As many lists as debits, alike in source, notice, category and year: paired by date, where
-- every pair so made lies in the window. Else a list with a bank result before one without, then the nearest on both
-- sides; of equally near ones none is taken.
-- Reads: matched.batch_candidates.
WITH batches AS (
    SELECT DISTINCT batch_key, unit_code, amount_yuan, first_pay_on, nature FROM matched.batch_candidates
),
debits AS (
    SELECT DISTINCT bank_line_id, unit_code, amount_yuan, value_on, account_key FROM matched.batch_candidates
),
alike AS (
    SELECT unit_code, amount_yuan, COUNT(*) AS n
    FROM batches
    GROUP BY unit_code, amount_yuan
    HAVING COUNT(DISTINCT nature) = 1
),
even AS (
    SELECT a.unit_code, a.amount_yuan, a.n
    FROM alike AS a
    INNER JOIN debits AS d ON d.unit_code = a.unit_code AND d.amount_yuan = a.amount_yuan
    GROUP BY a.unit_code, a.amount_yuan, a.n
    HAVING COUNT(*) = a.n AND COUNT(DISTINCT d.account_key) = 1
),
placed_batches AS (
    SELECT
        b.*, e.n,
        ROW_NUMBER() OVER (PARTITION BY b.unit_code, b.amount_yuan ORDER BY b.first_pay_on, b.batch_key) AS place
    FROM batches AS b
    INNER JOIN even AS e ON e.unit_code = b.unit_code AND e.amount_yuan = b.amount_yuan
    WHERE b.batch_key NOT IN (SELECT x.batch_key FROM batches AS x GROUP BY x.batch_key HAVING COUNT(*) > 1)
),
placed_debits AS (
    SELECT
        d.*,
        ROW_NUMBER() OVER (PARTITION BY d.unit_code, d.amount_yuan ORDER BY d.value_on, d.bank_line_id) AS place
    FROM debits AS d
),
pairs AS (
    SELECT
        b.batch_key, d.bank_line_id, d.amount_yuan, d.value_on, b.n,
        COUNT(c.batch_key) OVER (PARTITION BY b.unit_code, b.amount_yuan) AS pairs_in_window
    FROM placed_batches AS b
    INNER JOIN placed_debits AS d
        ON d.unit_code = b.unit_code AND d.amount_yuan = b.amount_yuan AND d.place = b.place
    LEFT JOIN matched.batch_candidates AS c ON c.batch_key = b.batch_key AND c.bank_line_id = d.bank_line_id
),
in_order AS (
    SELECT batch_key, bank_line_id, amount_yuan, value_on, n AS candidate_count FROM pairs WHERE pairs_in_window = n
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.batch_key) AS candidate_count,
        RANK() OVER (PARTITION BY c.batch_key ORDER BY c.is_unanswered, c.is_total_only, c.is_silent, c.days_apart) AS line_rank,
        RANK() OVER (
            PARTITION BY c.bank_line_id ORDER BY c.is_unanswered, c.is_total_only, c.is_silent, c.days_apart
        ) AS batch_rank
    FROM matched.batch_candidates AS c
    WHERE c.batch_key NOT IN (SELECT o.batch_key FROM in_order AS o)
        AND c.bank_line_id NOT IN (SELECT o.bank_line_id FROM in_order AS o)
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
WHERE batches_alike = 1 AND lines_alike = 1
ORDER BY batch_key
