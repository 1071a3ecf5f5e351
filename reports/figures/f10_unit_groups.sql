-- 市本级与县市区的资金安排
-- Grain: one row per budget_year, project_name, cutoff, unit_type, and one with is_total; names no unit.
-- Reads: marts.execution_by_unit, marts.units, policy.labels, run.parameters, run.report_parameters.
WITH digits AS (
    SELECT
        CASE rate_decimals WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 100 END AS scale,
        CASE rate_decimals WHEN 0 THEN 1.00 WHEN 1 THEN 0.10 ELSE 0.01 END AS step,
        CASE rate_decimals WHEN 0 THEN 3 WHEN 1 THEN 1 ELSE 0 END AS cut
    FROM run.parameters
),
units AS (
    SELECT e.budget_year, e.project_name, e.cutoff, MAX(e.cutoff_on) AS cutoff_on, e.unit_code,
        COALESCE(MAX(u.unit_type), 'county') AS unit_type,
        CAST(SUM(e.allotted_yuan) AS DECIMAL(18, 2)) AS allotted_yuan,
        CAST(SUM(e.executed_yuan) AS DECIMAL(18, 2)) AS executed_yuan,
        CAST(SUM(e.unspent_yuan) AS DECIMAL(18, 2)) AS unspent_yuan
    FROM marts.execution_by_unit AS e
    CROSS JOIN run.report_parameters AS r
    LEFT JOIN marts.units AS u ON u.unit_code = e.unit_code
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
    GROUP BY e.budget_year, e.project_name, e.cutoff, e.unit_code
),
labelled AS (
    SELECT *, unit_type AS group_code FROM units
    UNION ALL
    SELECT *, 'total' FROM units
),
amounts AS (
    SELECT budget_year, project_name, cutoff, MAX(cutoff_on) AS cutoff_on, group_code,
        COUNT(*) AS unit_count,
        COUNT(CASE WHEN unspent_yuan > 0 THEN 1 END) AS unspent_unit_count,
        CAST(SUM(allotted_yuan) AS DECIMAL(18, 2)) AS allotted_yuan,
        CAST(SUM(executed_yuan) AS DECIMAL(18, 2)) AS executed_yuan,
        CAST(SUM(unspent_yuan) AS DECIMAL(18, 2)) AS unspent_yuan
    FROM labelled
    GROUP BY budget_year, project_name, cutoff, group_code
),
rates AS (
    SELECT
        a.*, p.cut,
        CAST(CAST(ROUND(a.executed_yuan * 100 * p.scale / NULLIF(a.allotted_yuan, 0), 0) AS DECIMAL(16, 0)) * p.step
            AS DECIMAL(18, 2)) AS use_points
    FROM amounts AS a
    CROSS JOIN digits AS p
)
SELECT
    a.budget_year, a.project_name, a.cutoff, a.cutoff_on, a.group_code, a.group_code = 'total' AS is_total,
    CASE WHEN a.group_code = 'total' THEN '合计' ELSE COALESCE(l.label_zh, a.group_code) END AS label_zh,
    CASE a.group_code WHEN 'city' THEN 1 WHEN 'county' THEN 2 WHEN 'zone' THEN 3 ELSE 9 END AS sort_order,
    a.unit_count, a.unspent_unit_count,
    CAST(ROUND(a.allotted_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS allotted_wan,
    CAST(ROUND(a.executed_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS executed_wan,
    CAST(ROUND(a.unspent_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS unspent_wan,
    LEFT(CAST(a.use_points AS VARCHAR), LENGTH(CAST(a.use_points AS VARCHAR)) - a.cut) || '%' AS use_percent,
    a.unit_count AS source_row_count
FROM rates AS a
LEFT JOIN policy.labels AS l ON l.domain = 'unit_type' AND l.code = a.group_code AND l.document_set = 'default'
ORDER BY a.budget_year, a.project_name, a.cutoff, sort_order
