-- S.project: payments, purchases and collective visits with a budget year, but for those of a county's own money.
SELECT
    'S.project' AS rule_id, p.unit_code, COUNT_IF(p.budget_year IS NOT NULL) AS judged_count,
    COUNT_IF(p.budget_year IS NULL) AS not_judged_count,
    MIN(CASE WHEN p.budget_year IS NULL THEN 'budget_year' END) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM (
    SELECT unit_code, fund_source, budget_year FROM matched.payments
    UNION ALL
    SELECT unit_code, fund_source, budget_year FROM matched.payables
) AS p
LEFT JOIN policy.fund_sources AS f ON f.fund_source = p.fund_source
WHERE COALESCE(f.level, '') <> 'county'
GROUP BY p.unit_code
