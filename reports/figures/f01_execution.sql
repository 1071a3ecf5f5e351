-- 资金总体执行
-- Grain: one row per budget_year, project_name, cutoff; all sources together, or the one asked for.
-- Reads: marts.execution_by_source, run.parameters, run.report_parameters (NULL there = not narrowed).
-- Units: …_yuan yuan, …_wan 万元, …_percent text. 万元 and percent are rounded once, from yuan, half away from zero.
WITH digits AS (
    SELECT
        extended_cutoff = 'lunar_new_year_eve' AS is_new_year_eve,
        score_cutoff,
        CASE rate_decimals WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 100 END AS scale,
        CASE rate_decimals WHEN 0 THEN 1.00 WHEN 1 THEN 0.10 ELSE 0.01 END AS step,
        CASE rate_decimals WHEN 0 THEN 3 WHEN 1 THEN 1 ELSE 0 END AS cut
    FROM run.parameters
),
totals AS (
    SELECT
        e.budget_year, e.project_name, e.cutoff,
        MAX(e.cutoff_on) AS cutoff_on,
        MAX(e.time_progress) AS time_progress,
        CAST(SUM(e.budget_yuan) AS DECIMAL(18, 2)) AS budget_yuan,
        CAST(SUM(e.carry_in_yuan) AS DECIMAL(18, 2)) AS carry_in_yuan,
        CAST(SUM(e.received_yuan) AS DECIMAL(18, 2)) AS received_yuan,
        CAST(SUM(e.allotted_yuan) AS DECIMAL(18, 2)) AS allotted_yuan,
        CAST(SUM(e.unallocated_yuan) AS DECIMAL(18, 2)) AS unallocated_yuan,
        CAST(SUM(e.executed_yuan) AS DECIMAL(18, 2)) AS executed_yuan,
        CAST(SUM(e.unspent_yuan) AS DECIMAL(18, 2)) AS unspent_yuan,
        CAST(SUM(e.idle_yuan) AS DECIMAL(18, 2)) AS idle_yuan,
        COUNT(*) AS source_row_count
    FROM marts.execution_by_source AS e
    CROSS JOIN run.report_parameters AS r
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
    GROUP BY e.budget_year, e.project_name, e.cutoff
),
dated AS (
    SELECT
        t.*,
        MAX(CASE WHEN t.cutoff = 'as_of' THEN t.cutoff_on END)
            OVER (PARTITION BY t.budget_year, t.project_name) AS as_of_on
    FROM totals AS t
),
rates AS (
    SELECT
        d.*, p.*,
        CAST(CAST(ROUND(d.executed_yuan * 100 * p.scale / NULLIF(d.budget_yuan, 0), 0) AS DECIMAL(16, 0)) * p.step
            AS DECIMAL(18, 2)) AS execution_points,
        CAST(CAST(ROUND(d.received_yuan * 100 * p.scale / NULLIF(d.budget_yuan, 0), 0) AS DECIMAL(16, 0)) * p.step
            AS DECIMAL(18, 2)) AS arrival_points,
        CAST(CAST(ROUND(d.time_progress * 100 * p.scale, 0) AS DECIMAL(16, 0)) * p.step AS DECIMAL(18, 2))
            AS time_points
    FROM dated AS d
    CROSS JOIN digits AS p
)
SELECT
    budget_year, project_name, cutoff, cutoff_on, as_of_on,
    budget_yuan, executed_yuan,
    CAST(ROUND(budget_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS budget_wan,
    CAST(ROUND(carry_in_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS carry_in_wan,
    CAST(ROUND(received_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS received_wan,
    CAST(ROUND((budget_yuan - received_yuan) * 0.0001, 2) AS DECIMAL(18, 2)) AS not_received_wan,
    CAST(ROUND(allotted_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS allotted_wan,
    CAST(ROUND(unallocated_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS unallocated_wan,
    CAST(ROUND(executed_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS executed_wan,
    CAST(ROUND(unspent_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS unspent_wan,
    CAST(ROUND((executed_yuan - budget_yuan) * 0.0001, 2) AS DECIMAL(18, 2)) AS overspent_wan,
    CAST(ROUND(idle_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS idle_wan,
    LEFT(CAST(execution_points AS VARCHAR), LENGTH(CAST(execution_points AS VARCHAR)) - cut) || '%' AS execution_percent,
    LEFT(CAST(arrival_points AS VARCHAR), LENGTH(CAST(arrival_points AS VARCHAR)) - cut) || '%' AS arrival_percent,
    LEFT(CAST(time_points AS VARCHAR), LENGTH(CAST(time_points AS VARCHAR)) - cut) || '%' AS time_percent,
    CAST(ABS(execution_points - time_points) AS DECIMAL(18, 2)) AS progress_gap_points,
    GREATEST(0, LEAST(100, execution_points)) AS execution_bar,
    LEAST(100, time_points) AS time_bar,
    cutoff_on <= as_of_on AS is_reached,
    is_new_year_eve,
    cutoff = score_cutoff AS is_scored,
    budget_yuan > 0 AS has_budget,
    executed_yuan <> 0 AS has_executed,
    carry_in_yuan <> 0 AS has_carry_in,
    unallocated_yuan > 0 AS has_unallocated,
    received_yuan = budget_yuan AS is_received_in_full,
    received_yuan > budget_yuan AS is_received_over,
    executed_yuan = budget_yuan AS is_spent,
    executed_yuan > budget_yuan AS is_overspent,
    execution_points < time_points AS is_behind_time,
    source_row_count
FROM rates
ORDER BY budget_year, project_name, cutoff
