-- M64 归垫: the lists that a reimbursing transfer pays; an advance counts on the day of its 归垫.
-- Grain: one row per list and transfer; share_yuan is what the list has of it. Evidence, strongest first: the numbers
-- of lists in the memo, with their successes or totals as its sum; else one list of that sum, paid before it within the
-- window (a list without any date: of that budget year or the one before). As many lists as transfers that are equally
-- near and alike in every figure are paired; else of equally near ones none is taken. A list that a debit of the same
-- account names and pays was not advanced, nor was one of which the bank refused every line.
-- Reads: matched.reimbursing_transfers, matched.batch_totals, matched.payment_lines, matched.decided,
-- facts.bank_lines, matched.windows.
WITH named AS (
    SELECT
        t.bank_line_id, t.amount_yuan, t.value_on, t.memo, b.batch_key, b.success_yuan, b.total_yuan,
        CASE WHEN STRPOS(t.memo, b.batch_no) > 0 THEN b.batch_no ELSE b.bank_batch_no END AS named_no
    FROM matched.reimbursing_transfers AS t
    INNER JOIN matched.batch_totals AS b
        ON b.unit_code = t.unit_code AND (STRPOS(t.memo, b.batch_no) > 0 OR STRPOS(t.memo, b.bank_batch_no) > 0)
    WHERE b.success_yuan > 0
        AND NOT EXISTS (SELECT 1 FROM matched.decided AS x WHERE x.batch_key = b.batch_key AND x.void_code IS NULL)
),
links AS ( -- a number that stands in the memo only as a part of a longer one is not meant
    SELECT n.*
    FROM named AS n
    WHERE NOT EXISTS (
        SELECT 1 FROM named AS longer
        WHERE longer.bank_line_id = n.bank_line_id AND longer.batch_key <> n.batch_key
            AND LENGTH(longer.named_no) > LENGTH(n.named_no) AND STRPOS(longer.named_no, n.named_no) > 0
            AND STRPOS(REPLACE(n.memo, longer.named_no, ''), n.named_no) = 0
    )
),
sums AS (
    SELECT
        l.*,
        SUM(l.success_yuan) OVER (PARTITION BY l.bank_line_id) AS successes_yuan,
        SUM(l.total_yuan) OVER (PARTITION BY l.bank_line_id) AS totals_yuan,
        COUNT(*) OVER (PARTITION BY l.batch_key) AS candidate_count,
        ROW_NUMBER() OVER (PARTITION BY l.batch_key ORDER BY l.value_on, l.bank_line_id) AS place
    FROM links AS l
),
by_number AS (
    SELECT
        batch_key, bank_line_id, value_on, candidate_count,
        CASE WHEN amount_yuan = successes_yuan THEN success_yuan ELSE total_yuan END AS share_yuan
    FROM sums
    WHERE place = 1 AND (amount_yuan = successes_yuan OR amount_yuan = totals_yuan)
),
kinds_of_money AS (
    SELECT DISTINCT
        CONCAT(unit_code, '|', batch_no) AS batch_key,
        CONCAT_WS('|', fund_source, COALESCE(notice_no, ''), aid_category, CAST(budget_year AS VARCHAR)) AS money
    FROM matched.payment_lines
    WHERE NOT is_held
),
natures AS (
    SELECT batch_key, STRING_AGG(money, '+' ORDER BY money) AS nature FROM kinds_of_money GROUP BY batch_key
),
candidates AS (
    SELECT
        t.bank_line_id, t.amount_yuan, t.value_on, b.batch_key, n.nature,
        CASE WHEN t.amount_yuan = b.success_yuan THEN 0 ELSE 1 END AS is_total_only,
        CASE WHEN b.last_pay_on IS NULL THEN 1000 ELSE DATE_DIFF('day', b.last_pay_on, t.value_on) END AS days_later
    FROM matched.reimbursing_transfers AS t
    INNER JOIN matched.batch_totals AS b
        ON b.unit_code = t.unit_code AND (b.success_yuan = t.amount_yuan OR b.total_yuan = t.amount_yuan)
    INNER JOIN natures AS n ON n.batch_key = b.batch_key
    CROSS JOIN matched.windows AS w
    WHERE b.success_yuan > 0
        AND NOT EXISTS (SELECT 1 FROM links AS l WHERE l.bank_line_id = t.bank_line_id OR l.batch_key = b.batch_key)
        AND NOT EXISTS (SELECT 1 FROM matched.decided AS x WHERE x.batch_key = b.batch_key AND x.void_code IS NULL)
        AND CASE
            WHEN b.last_pay_on IS NULL THEN EXTRACT(YEAR FROM t.value_on) BETWEEN b.budget_year AND b.budget_year + 1
            ELSE DATE_DIFF('day', b.last_pay_on, t.value_on) BETWEEN 0 AND w.advance_days
        END
        AND NOT EXISTS (
            SELECT 1 FROM facts.bank_lines AS d
            WHERE d.unit_code = b.unit_code AND d.account_key = t.account_key AND d.direction = 'out'
                AND d.bank_line_id <> t.bank_line_id AND (d.amount_yuan = b.success_yuan OR d.amount_yuan = b.total_yuan)
                AND (STRPOS(d.memo, b.batch_no) > 0 OR STRPOS(d.memo, b.bank_batch_no) > 0)
        )
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.batch_key) AS candidate_count,
        RANK() OVER (PARTITION BY c.batch_key ORDER BY c.is_total_only, c.days_later) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.is_total_only, c.days_later) AS batch_rank
    FROM candidates AS c
),
mutual AS (
    SELECT
        r.*,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) AS batches_alike,
        COUNT(*) OVER (PARTITION BY r.batch_key) AS lines_alike,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.batch_key) AS batch_place,
        ROW_NUMBER() OVER (PARTITION BY r.batch_key ORDER BY r.value_on, r.bank_line_id) AS line_place,
        MIN(r.nature) OVER (PARTITION BY r.bank_line_id) AS least_nature,
        MAX(r.nature) OVER (PARTITION BY r.bank_line_id) AS greatest_nature
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.batch_rank = 1
)
SELECT batch_key, bank_line_id, CAST(share_yuan AS DECIMAL(18, 2)) AS share_yuan, value_on, candidate_count
FROM by_number
UNION ALL
SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count
FROM mutual
WHERE batch_place = line_place AND batches_alike = lines_alike AND least_nature = greatest_nature
ORDER BY batch_key, bank_line_id
