-- Each payment list in sums.
-- Grain: one row per unit and batch. total_yuan is its control sum: what it states, held lines among it; success_yuan leaves
-- out the lines that a result calls 失败. line_count counts the lines in the books. has_unread_amount: a held line of the list
-- shows no amount, so that its sum is not known.
-- Reads: matched.payment_lines, matched.held_lines, matched.line_results, matched.payout_results.
WITH results AS (
    SELECT unit_code, batch_no, COUNT(*) AS result_line_count
    FROM matched.payout_results
    WHERE batch_no IS NOT NULL
    GROUP BY unit_code, batch_no
),
unread AS (
    SELECT DISTINCT unit_code, batch_no FROM matched.held_lines WHERE NOT has_amount
)
SELECT
    CONCAT(l.unit_code, '|', l.batch_no) AS batch_key,
    l.unit_code,
    l.batch_no,
    MIN(l.city_code) AS city_code,
    MIN(l.budget_year) AS budget_year,
    COUNT(DISTINCT CASE WHEN NOT l.is_held THEN l.figure_source END) AS fund_source_count,
    COUNT_IF(NOT l.is_held) AS line_count,
    COUNT_IF(l.is_held) AS held_count,
    CAST(SUM(CASE WHEN l.is_held THEN l.amount_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS held_yuan,
    CAST(SUM(l.amount_yuan) AS DECIMAL(18, 2)) AS total_yuan,
    CAST(SUM(CASE WHEN r.result_status = 'failed' THEN 0 ELSE l.amount_yuan END) AS DECIMAL(18, 2)) AS success_yuan,
    SUM(CASE WHEN r.result_status = 'failed' THEN 1 ELSE 0 END) AS failed_count,
    COALESCE(MAX(s.result_line_count), 0) AS result_line_count,
    MIN(r.bank_batch_no) AS bank_batch_no,
    MIN(COALESCE(l.pay_on, r.processed_on)) AS first_pay_on,
    MAX(COALESCE(l.pay_on, r.processed_on)) AS last_pay_on,
    COALESCE(MIN(CASE WHEN NOT l.is_held THEN l.row_id END), MIN(l.row_id)) AS first_row_id,
    MAX(CASE WHEN u.batch_no IS NOT NULL THEN 1 ELSE 0 END) = 1 AS has_unread_amount
FROM matched.payment_lines AS l
LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
LEFT JOIN results AS s ON s.unit_code = l.unit_code AND s.batch_no = l.batch_no
LEFT JOIN unread AS u ON u.unit_code = l.unit_code AND u.batch_no = l.batch_no
WHERE l.is_counted
GROUP BY l.unit_code, l.batch_no
ORDER BY l.unit_code, l.batch_no
