-- 项目支出绩效自评表：项目资金各行
-- Grain: one row per budget_year, project_name, form_row (total, fiscal, carry_in, other), as the form orders them.
-- Reads: marts.budgets, marts.execution_by_source, policy.fund_sources, policy.source_rows, policy.parameters
-- (self_evaluation.execution_points 分值), run.parameters (score_cutoff: which cut-off feeds the score).
-- Score: 分值 × 执行率, never above 分值, never below 0, two decimals, rounded once.
-- Carried-in money stands in its own row, outside budget and rate; it is not followed up to its payments.
WITH digits AS (
    SELECT
        score_cutoff,
        CASE rate_decimals WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 100 END AS scale,
        CASE rate_decimals WHEN 0 THEN 1.00 WHEN 1 THEN 0.10 ELSE 0.01 END AS step,
        CASE rate_decimals WHEN 0 THEN 3 WHEN 1 THEN 1 ELSE 0 END AS cut
    FROM run.parameters
),
form_rows AS (
    SELECT 'total' AS form_row, 1 AS sort_order
    UNION ALL SELECT 'fiscal', 2
    UNION ALL SELECT 'carry_in', 3
    UNION ALL SELECT 'other', 4
),
scored AS (
    SELECT e.*, COALESCE(s.form_row, 'other') AS form_row
    FROM marts.execution_by_source AS e
    INNER JOIN digits AS p ON p.score_cutoff = e.cutoff
    CROSS JOIN run.report_parameters AS r
    LEFT JOIN policy.fund_sources AS s ON s.fund_source = e.fund_source
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
),
initial AS (
    SELECT b.budget_year, b.project_name, COALESCE(m.figure_source, b.fund_source) AS fund_source,
        CAST(SUM(b.initial_yuan) AS DECIMAL(18, 2)) AS initial_yuan
    FROM marts.budgets AS b
    LEFT JOIN policy.source_rows AS m ON m.fund_source = b.fund_source
    GROUP BY b.budget_year, b.project_name, COALESCE(m.figure_source, b.fund_source)
),
amounts AS (
    SELECT
        e.budget_year, e.project_name, f.form_row, f.sort_order,
        MAX(e.cutoff_on) AS cutoff_on,
        CAST(SUM(CASE WHEN f.form_row = 'carry_in' THEN e.carry_in_yuan
            WHEN f.form_row IN ('total', e.form_row) THEN COALESCE(i.initial_yuan, 0) ELSE 0 END)
            AS DECIMAL(18, 2)) AS initial_yuan,
        CAST(SUM(CASE WHEN f.form_row = 'carry_in' THEN e.carry_in_yuan
            WHEN f.form_row IN ('total', e.form_row) THEN e.budget_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS budget_yuan,
        CAST(SUM(CASE WHEN f.form_row IN ('total', e.form_row) THEN e.executed_yuan ELSE 0 END)
            AS DECIMAL(18, 2)) AS executed_yuan,
        COUNT(*) AS source_row_count
    FROM scored AS e
    CROSS JOIN form_rows AS f
    LEFT JOIN initial AS i
        ON i.budget_year = e.budget_year AND i.project_name = e.project_name AND i.fund_source = e.fund_source
    GROUP BY e.budget_year, e.project_name, f.form_row, f.sort_order
),
rates AS (
    SELECT
        a.*, p.score_cutoff, p.cut, w.number AS points,
        CASE WHEN a.form_row = 'carry_in' THEN NULL ELSE CAST(
            CAST(ROUND(a.executed_yuan * 100 * p.scale / NULLIF(a.budget_yuan, 0), 0) AS DECIMAL(16, 0)) * p.step
            AS DECIMAL(18, 2)) END AS execution_points,
        CASE WHEN a.form_row = 'total' THEN CAST(GREATEST(0, LEAST(w.number,
            ROUND(w.number * a.executed_yuan * 100 / NULLIF(a.budget_yuan, 0), 0) * 0.01)) AS DECIMAL(9, 2)) END
            AS score
    FROM amounts AS a
    CROSS JOIN digits AS p
    LEFT JOIN policy.parameters AS w
        ON w.parameter = 'self_evaluation.execution_points'
        AND a.cutoff_on >= w.applies_from AND a.cutoff_on < w.applies_to
)
SELECT
    budget_year, project_name, form_row, sort_order, score_cutoff AS cutoff, cutoff_on,
    CAST(ROUND(initial_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS initial_wan,
    CAST(ROUND(budget_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS budget_wan,
    CASE WHEN form_row = 'carry_in' THEN NULL
        ELSE CAST(ROUND(executed_yuan * 0.0001, 2) AS DECIMAL(18, 2)) END AS executed_wan,
    CASE WHEN form_row = 'total' THEN CAST(points AS DECIMAL(9, 2)) END AS points,
    LEFT(CAST(execution_points AS VARCHAR), LENGTH(CAST(execution_points AS VARCHAR)) - cut) || '%'
        AS execution_percent,
    CASE WHEN budget_yuan > 0 THEN score WHEN form_row = 'total' THEN CAST(0 AS DECIMAL(9, 2)) END AS score,
    source_row_count
FROM rates
ORDER BY budget_year, project_name, sort_order
