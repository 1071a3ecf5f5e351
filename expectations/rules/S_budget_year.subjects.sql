-- S.budget_year: all payments in the books, and the money of collective visits.
SELECT
    'S.budget_year' AS rule_id, unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM (
    SELECT unit_code FROM matched.payments WHERE status <> 'held'
    UNION ALL
    SELECT unit_code FROM matched.payables WHERE kind = 'visits'
) AS subjects
GROUP BY unit_code
