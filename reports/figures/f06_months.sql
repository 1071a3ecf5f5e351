-- 逐月累计支出
-- Grain: one row per budget_year, project_name, month_end_on, from January to the extended cut-off (the last row).
-- Reads: marts.execution_monthly, marts.execution_by_source (budget; the two cut-offs; as-of), run.parameters,
-- run.report_parameters. Days after as-of are is_future: nothing is known of them.
WITH digits AS (
    SELECT
        CASE rate_decimals WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 100 END AS scale,
        CASE rate_decimals WHEN 0 THEN 1.00 WHEN 1 THEN 0.10 ELSE 0.01 END AS step,
        CASE rate_decimals WHEN 0 THEN 3 WHEN 1 THEN 1 ELSE 0 END AS cut
    FROM run.parameters
),
years AS (
    SELECT
        e.budget_year, e.project_name,
        CAST(SUM(CASE WHEN e.cutoff = 'as_of' THEN e.budget_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS budget_yuan,
        MAX(CASE WHEN e.cutoff = 'fiscal' THEN e.cutoff_on END) AS fiscal_on,
        MAX(CASE WHEN e.cutoff = 'extended' THEN e.cutoff_on END) AS extended_on,
        MAX(CASE WHEN e.cutoff = 'as_of' THEN e.cutoff_on END) AS as_of_on
    FROM marts.execution_by_source AS e
    CROSS JOIN run.report_parameters AS r
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
    GROUP BY e.budget_year, e.project_name
),
months AS (
    SELECT m.budget_year, m.project_name, m.month_end_on,
        MAX(m.time_progress) AS time_progress,
        CAST(SUM(m.cumulative_executed_yuan) AS DECIMAL(18, 2)) AS executed_yuan, COUNT(*) AS source_row_count
    FROM marts.execution_monthly AS m
    CROSS JOIN run.report_parameters AS r
    WHERE r.fund_source IS NULL OR m.fund_source = r.fund_source
    GROUP BY m.budget_year, m.project_name, m.month_end_on
),
rates AS (
    SELECT
        m.*, y.fiscal_on, y.extended_on, y.as_of_on, y.budget_yuan, p.cut,
        CAST(CAST(ROUND(m.executed_yuan * 100 * p.scale / NULLIF(y.budget_yuan, 0), 0) AS DECIMAL(16, 0)) * p.step
            AS DECIMAL(18, 2)) AS execution_points,
        CAST(CAST(ROUND(m.time_progress * 100 * p.scale, 0) AS DECIMAL(16, 0)) * p.step AS DECIMAL(18, 2))
            AS time_points
    FROM months AS m
    INNER JOIN years AS y ON y.budget_year = m.budget_year AND y.project_name = m.project_name
    CROSS JOIN digits AS p
)
SELECT
    budget_year, project_name, month_end_on, fiscal_on, extended_on, as_of_on,
    month_end_on = fiscal_on AS is_fiscal,
    month_end_on = extended_on AS is_extended,
    month_end_on > as_of_on AS is_future,
    CAST(ROUND(executed_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS executed_wan,
    CAST(ROUND(budget_yuan * time_progress * 0.0001, 2) AS DECIMAL(18, 2)) AS even_pace_wan,
    LEFT(CAST(execution_points AS VARCHAR), LENGTH(CAST(execution_points AS VARCHAR)) - cut) || '%'
        AS execution_percent,
    LEFT(CAST(time_points AS VARCHAR), LENGTH(CAST(time_points AS VARCHAR)) - cut) || '%' AS time_percent,
    source_row_count
FROM rates
ORDER BY budget_year, project_name, month_end_on
