-- 年末口径与春节前口径之差的构成
-- Grain: one row per budget_year, project_name, cause, and one with is_total (= extended − fiscal, by the same lines).
-- Reads: marts.execution_bridge, marts.execution_by_source (the extended cut-off), policy.labels,
-- run.report_parameters. Payments are positive, returns negative; causes without any payment have no row.
WITH scope AS (
    SELECT b.*
    FROM marts.execution_bridge AS b
    CROSS JOIN run.report_parameters AS r
    WHERE (r.budget_year IS NULL OR b.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR b.project_name = r.project_name)
        AND (r.fund_source IS NULL OR b.fund_source = r.fund_source)
),
amounts AS (
    SELECT budget_year, project_name, cause, CAST(SUM(payment_count) AS BIGINT) AS payment_count,
        CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan, COUNT(*) AS source_row_count
    FROM scope
    GROUP BY budget_year, project_name, cause
    UNION ALL
    SELECT budget_year, project_name, 'total', CAST(SUM(payment_count) AS BIGINT),
        CAST(SUM(amount_yuan) AS DECIMAL(18, 2)), COUNT(*)
    FROM scope
    GROUP BY budget_year, project_name
),
windows AS (
    SELECT budget_year, project_name, MAX(cutoff_on) AS cutoff_on
    FROM marts.execution_by_source
    WHERE cutoff = 'extended'
    GROUP BY budget_year, project_name
),
words AS (
    SELECT code, MAX(CASE WHEN document_set = 'annual_report' THEN label_zh END) AS report_zh,
        MAX(CASE WHEN document_set = 'default' THEN label_zh END) AS default_zh
    FROM policy.labels
    WHERE domain = 'cause'
    GROUP BY code
)
SELECT
    a.budget_year, a.project_name, a.cause, a.cause = 'total' AS is_total,
    -- The report's words speak of January; a window that ends in February takes the general ones.
    CASE WHEN a.cause = 'total' THEN '合计' WHEN EXTRACT(MONTH FROM w.cutoff_on) = 1
        THEN COALESCE(l.report_zh, l.default_zh, a.cause) ELSE COALESCE(l.default_zh, a.cause) END AS label_zh,
    CASE a.cause WHEN 'two_festivals' THEN 1 WHEN 'regular_warmth' THEN 2 WHEN 'other' THEN 3 WHEN 'reissue' THEN 4
        WHEN 'return' THEN 5 ELSE 9 END AS sort_order,
    a.payment_count,
    CAST(ROUND(a.amount_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS amount_wan,
    CAST(ROUND(ABS(a.amount_yuan) * 0.0001, 2) AS DECIMAL(18, 2)) AS absolute_wan,
    a.amount_yuan < 0 AS is_negative,
    a.amount_yuan <> 0 AS has_amount,
    a.source_row_count
FROM amounts AS a
LEFT JOIN windows AS w ON w.budget_year = a.budget_year AND w.project_name = a.project_name
LEFT JOIN words AS l ON l.code = a.cause
ORDER BY a.budget_year, a.project_name, sort_order
