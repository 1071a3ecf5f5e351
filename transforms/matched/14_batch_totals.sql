-- Each payment list in sums.
-- Grain: one row per unit and batch. success_yuan counts the lines that no result calls 失败; held lines are in no sum here.
-- Reads: matched.payment_lines, matched.line_results, matched.payout_results.
WITH results AS (
    SELECT unit_code, batch_no, COUNT(*) AS result_line_count
    FROM matched.payout_results
    WHERE batch_no IS NOT NULL
    GROUP BY unit_code, batch_no
)
SELECT
    CONCAT(l.unit_code, '|', l.batch_no) AS batch_key,
    l.unit_code,
    l.batch_no,
    MIN(l.city_code) AS city_code,
    MIN(l.budget_year) AS budget_year,
    COUNT(DISTINCT l.figure_source) AS fund_source_count,
    COUNT(*) AS line_count,
    CAST(SUM(l.amount_yuan) AS DECIMAL(18, 2)) AS total_yuan,
    CAST(SUM(CASE WHEN r.result_status = 'failed' THEN 0 ELSE l.amount_yuan END) AS DECIMAL(18, 2)) AS success_yuan,
    SUM(CASE WHEN r.result_status = 'failed' THEN 1 ELSE 0 END) AS failed_count,
    COALESCE(MAX(s.result_line_count), 0) AS result_line_count,
    MIN(r.bank_batch_no) AS bank_batch_no,
    MIN(COALESCE(l.pay_on, r.processed_on)) AS first_pay_on,
    MAX(COALESCE(l.pay_on, r.processed_on)) AS last_pay_on,
    MIN(l.row_id) AS first_row_id
FROM matched.payment_lines AS l
LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
LEFT JOIN results AS s ON s.unit_code = l.unit_code AND s.batch_no = l.batch_no
WHERE NOT l.is_held
GROUP BY l.unit_code, l.batch_no
ORDER BY l.unit_code, l.batch_no
