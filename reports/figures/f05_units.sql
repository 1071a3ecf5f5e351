-- 各单位资金使用进度
-- Grain: one row per budget_year, project_name, cutoff, unit_code, and one with is_total.
-- Reads: marts.execution_by_unit, marts.units, policy.labels, run.parameters, run.report_parameters.
-- use_rank: by use rate, highest first; equal rates share a rank; a unit without allotment comes last.
WITH digits AS (
    SELECT
        CASE rate_decimals WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 100 END AS scale,
        CASE rate_decimals WHEN 0 THEN 1.00 WHEN 1 THEN 0.10 ELSE 0.01 END AS step,
        CASE rate_decimals WHEN 0 THEN 3 WHEN 1 THEN 1 ELSE 0 END AS cut
    FROM run.parameters
),
scope AS (
    SELECT e.*
    FROM marts.execution_by_unit AS e
    CROSS JOIN run.report_parameters AS r
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
),
amounts AS (
    SELECT budget_year, project_name, cutoff, MAX(cutoff_on) AS cutoff_on, FALSE AS is_total,
        unit_code, MAX(unit_name) AS unit_name,
        CAST(SUM(allotted_yuan) AS DECIMAL(18, 2)) AS allotted_yuan,
        CAST(SUM(executed_yuan) AS DECIMAL(18, 2)) AS executed_yuan,
        CAST(SUM(unspent_yuan) AS DECIMAL(18, 2)) AS unspent_yuan, COUNT(*) AS source_row_count
    FROM scope
    GROUP BY budget_year, project_name, cutoff, unit_code
    UNION ALL
    SELECT budget_year, project_name, cutoff, MAX(cutoff_on), TRUE, CAST(NULL AS VARCHAR), '合计',
        CAST(SUM(allotted_yuan) AS DECIMAL(18, 2)), CAST(SUM(executed_yuan) AS DECIMAL(18, 2)),
        CAST(SUM(unspent_yuan) AS DECIMAL(18, 2)), COUNT(*)
    FROM scope
    GROUP BY budget_year, project_name, cutoff
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
    a.budget_year, a.project_name, a.cutoff, a.cutoff_on, a.is_total, a.unit_code,
    COALESCE(a.unit_name, u.unit_name, a.unit_code) AS unit_name,
    u.unit_type, l.label_zh AS unit_type_zh,
    CAST(ROUND(a.allotted_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS allotted_wan,
    CAST(ROUND(a.executed_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS executed_wan,
    CAST(ROUND(a.unspent_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS unspent_wan,
    LEFT(CAST(a.use_points AS VARCHAR), LENGTH(CAST(a.use_points AS VARCHAR)) - a.cut) || '%' AS use_percent,
    GREATEST(0, LEAST(100, a.use_points)) AS use_bar,
    a.unspent_yuan > 0 AS is_unspent,
    RANK() OVER (PARTITION BY a.budget_year, a.project_name, a.cutoff, a.is_total
        ORDER BY COALESCE(a.use_points, -1) DESC) AS use_rank,
    a.source_row_count
FROM rates AS a
LEFT JOIN marts.units AS u ON u.unit_code = a.unit_code
LEFT JOIN policy.labels AS l ON l.domain = 'unit_type' AND l.code = u.unit_type AND l.document_set = 'default'
ORDER BY a.budget_year, a.project_name, a.cutoff, a.is_total, use_rank, a.unit_code
