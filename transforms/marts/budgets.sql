-- 预算指标
-- Grain: one row per current budget line, as received; figure_source is what its source is shown as.
-- Reads: facts.budgets, policy.source_rows.
SELECT
    b.city_code, b.budget_year, b.project_name, b.dept_name, b.fund_source,
    COALESCE(s.figure_source, b.fund_source) AS figure_source,
    b.quota_no, b.initial_yuan, b.adjustment_yuan, b.withdrawn_yuan, b.source_file, b.sheet, b.row_no
FROM facts.budgets AS b
LEFT JOIN policy.source_rows AS s ON s.fund_source = b.fund_source
ORDER BY b.city_code, b.budget_year, b.project_name, b.fund_source, b.quota_no, b.source_file, b.sheet, b.row_no
