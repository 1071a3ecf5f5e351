-- S.budget_year: all payments in the books.
SELECT
    'S.budget_year' AS rule_id, unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM matched.payments
WHERE status <> 'held'
GROUP BY unit_code
