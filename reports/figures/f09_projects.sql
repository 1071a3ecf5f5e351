-- 项目概况
-- Grain: one row per budget_year, project_name.
-- Reads: marts.execution_by_source, marts.budgets (责任部室), policy.fund_sources, run.report_parameters.
-- is_running: as-of lies between 1 January and the extended cut-off. project_rank: largest budget of the year first.
WITH projects AS (
    SELECT
        e.budget_year, e.project_name,
        CAST(SUM(CASE WHEN e.cutoff = 'as_of' THEN e.budget_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS budget_yuan,
        MAX(CASE WHEN e.cutoff = 'fiscal' THEN e.cutoff_on END) AS fiscal_on,
        MAX(CASE WHEN e.cutoff = 'extended' THEN e.cutoff_on END) AS extended_on,
        MAX(CASE WHEN e.cutoff = 'as_of' THEN e.cutoff_on END) AS as_of_on,
        COUNT(DISTINCT e.fund_source) AS source_count,
        COUNT(*) AS source_row_count
    FROM marts.execution_by_source AS e
    CROSS JOIN run.report_parameters AS r
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
    GROUP BY e.budget_year, e.project_name
),
dept_names AS (
    SELECT DISTINCT budget_year, project_name, dept_name
    FROM marts.budgets
    WHERE dept_name IS NOT NULL
),
depts AS (
    SELECT budget_year, project_name, STRING_AGG(dept_name, '、' ORDER BY dept_name) AS dept_name
    FROM dept_names
    GROUP BY budget_year, project_name
)
SELECT
    p.budget_year, p.project_name, d.dept_name,
    p.fiscal_on, p.extended_on, p.as_of_on, p.source_count,
    p.as_of_on >= make_date(CAST(p.budget_year AS INTEGER), 1, 1) AND p.as_of_on <= p.extended_on AS is_running,
    ROW_NUMBER() OVER (PARTITION BY p.budget_year ORDER BY p.budget_yuan DESC, p.project_name) AS project_rank,
    p.source_row_count
FROM projects AS p
LEFT JOIN depts AS d ON d.budget_year = p.budget_year AND d.project_name = p.project_name
ORDER BY p.budget_year DESC, project_rank
