-- M30 by amount: a debit of the list's total or successes near its date, when no debit names the list
-- (a list without any date: within its budget year and the next).
-- Grain: one row per batch. The nearest on both sides; of equally near ones none is taken, unless both lists are alike
-- in source and date (every pairing gives the same figures), which are paired in order.
-- Reads: matched.batch_totals, matched.batch_links, facts.bank_lines, matched.payee_debits, matched.allotments_out,
-- matched.line_words, matched.windows.
WITH open_batches AS (
    SELECT t.*
    FROM matched.batch_totals AS t
    WHERE NOT EXISTS (SELECT 1 FROM matched.batch_links AS k WHERE k.batch_key = t.batch_key)
),
open_lines AS (
    SELECT b.*
    FROM facts.bank_lines AS b
    WHERE b.direction = 'out'
        AND NOT EXISTS (SELECT 1 FROM matched.batch_links AS k WHERE k.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.payee_debits AS p WHERE p.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.allotments_out AS o WHERE o.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM facts.accounts AS a WHERE a.account_key = b.counterparty_key)
),
candidates AS (
    SELECT
        t.batch_key, t.first_pay_on, t.fund_source_count, b.bank_line_id, b.value_on, b.amount_yuan,
        CASE
            WHEN t.first_pay_on IS NULL THEN 1000
            WHEN b.value_on < t.first_pay_on THEN DATE_DIFF('day', b.value_on, t.first_pay_on)
            WHEN b.value_on > t.last_pay_on THEN DATE_DIFF('day', t.last_pay_on, b.value_on)
            ELSE 0
        END AS days_apart,
        CASE WHEN b.amount_yuan = t.success_yuan THEN 0 ELSE 1 END AS is_total_only,
        CASE WHEN w.bank_line_id IS NULL THEN 1 ELSE 0 END AS is_silent
    FROM open_batches AS t
    INNER JOIN open_lines AS b
        ON b.unit_code = t.unit_code AND (b.amount_yuan = t.success_yuan OR b.amount_yuan = t.total_yuan)
    LEFT JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'batch'
    WHERE t.first_pay_on IS NOT NULL OR EXTRACT(YEAR FROM b.value_on) BETWEEN t.budget_year AND t.budget_year + 1
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.batch_key) AS candidate_count,
        RANK() OVER (
            PARTITION BY c.batch_key ORDER BY c.is_total_only, c.is_silent, c.days_apart
        ) AS line_rank,
        RANK() OVER (
            PARTITION BY c.bank_line_id ORDER BY c.is_total_only, c.is_silent, c.days_apart
        ) AS batch_rank
    FROM candidates AS c
    CROSS JOIN matched.windows AS w
    WHERE c.days_apart <= w.batch_days OR c.days_apart = 1000
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.batch_key) AS batch_no_rank,
        ROW_NUMBER() OVER (PARTITION BY r.batch_key ORDER BY r.value_on, r.bank_line_id) AS line_no,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) AS batches_alike,
        COUNT(*) OVER (PARTITION BY r.batch_key) AS lines_alike
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.batch_rank = 1
)
SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count
FROM mutual
WHERE batch_no_rank = line_no AND batches_alike = lines_alike
ORDER BY batch_key
