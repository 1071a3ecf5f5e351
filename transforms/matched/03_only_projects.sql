-- Years and sources that know one project only: whatever is paid of them without naming a project is that one's.
-- Grain: one row per budget year and figure source with exactly one project.
-- Reads: facts.budgets, facts.arrivals, facts.allotments, facts.openings, policy.source_rows.
WITH named_projects AS (
    SELECT budget_year, fund_source, project_name FROM facts.budgets
    UNION SELECT budget_year, fund_source, project_name FROM facts.arrivals
    UNION SELECT budget_year, fund_source, project_name FROM facts.allotments
    UNION SELECT original_budget_year, fund_source, project_name FROM facts.openings
)
SELECT n.budget_year, s.figure_source, MIN(n.project_name) AS project_name
FROM named_projects AS n
INNER JOIN policy.source_rows AS s ON s.fund_source = n.fund_source
GROUP BY n.budget_year, s.figure_source
HAVING COUNT(DISTINCT n.project_name) = 1
ORDER BY n.budget_year, s.figure_source
