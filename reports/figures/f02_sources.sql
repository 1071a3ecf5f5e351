-- 各资金来源执行与沉淀
-- Grain: one row per budget_year, project_name, fund_source (as shown: a source, or an undivided pool), cutoff.
-- Reads: marts.execution_by_source, policy.fund_sources, run.parameters, run.report_parameters.
-- Units: …_wan 万元, …_percent text; each rounded once, from yuan, half away from zero.
WITH digits AS (
    SELECT
        CASE rate_decimals WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 100 END AS scale,
        CASE rate_decimals WHEN 0 THEN 1.00 WHEN 1 THEN 0.10 ELSE 0.01 END AS step,
        CASE rate_decimals WHEN 0 THEN 3 WHEN 1 THEN 1 ELSE 0 END AS cut
    FROM run.parameters
),
sources AS (
    SELECT
        e.*,
        COALESCE(s.label_zh, e.fund_source) AS label_zh,
        COALESCE(s.sort_order, 999) AS sort_order
    FROM marts.execution_by_source AS e
    CROSS JOIN run.report_parameters AS r
    LEFT JOIN policy.fund_sources AS s ON s.fund_source = e.fund_source
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
),
rates AS (
    SELECT
        e.*, p.cut,
        CAST(CAST(ROUND(e.executed_yuan * 100 * p.scale / NULLIF(e.budget_yuan, 0), 0) AS DECIMAL(16, 0)) * p.step
            AS DECIMAL(18, 2)) AS execution_points,
        CAST(CAST(ROUND(e.time_progress * 100 * p.scale, 0) AS DECIMAL(16, 0)) * p.step AS DECIMAL(18, 2))
            AS time_points
    FROM sources AS e
    CROSS JOIN digits AS p
)
SELECT
    budget_year, project_name, fund_source, label_zh, sort_order, cutoff, cutoff_on,
    CAST(ROUND(budget_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS budget_wan,
    CAST(ROUND(received_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS received_wan,
    CAST(ROUND(executed_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS executed_wan,
    CAST(ROUND(unspent_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS unspent_wan,
    CAST(ROUND(idle_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS idle_wan,
    LEFT(CAST(execution_points AS VARCHAR), LENGTH(CAST(execution_points AS VARCHAR)) - cut) || '%'
        AS execution_percent,
    LEFT(CAST(time_points AS VARCHAR), LENGTH(CAST(time_points AS VARCHAR)) - cut) || '%' AS time_percent,
    GREATEST(0, LEAST(100, execution_points)) AS execution_bar,
    LEAST(100, time_points) AS time_bar,
    idle_yuan > 0 AS is_idle,
    CAST(1 AS BIGINT) AS source_row_count
FROM rates
ORDER BY budget_year, project_name, sort_order, fund_source, cutoff
