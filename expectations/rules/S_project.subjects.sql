-- S.project: payments with a budget year.
SELECT
    'S.project' AS rule_id, unit_code, COUNT_IF(budget_year IS NOT NULL) AS judged_count,
    COUNT_IF(budget_year IS NULL) AS not_judged_count,
    MIN(CASE WHEN budget_year IS NULL THEN 'budget_year' END) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM matched.payments
GROUP BY unit_code
