-- M92: payments due, and arrivals that must meet a credit. Not judged: payments that wait for a statement.
WITH subjects AS (
    SELECT unit_code, status <> 'awaiting_statement' AS is_judged
    FROM matched.payments
    WHERE status NOT IN ('planned', 'held')
    UNION ALL
    SELECT a.unit_code, TRUE
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode AND m.needs_credit
)
SELECT
    'M92' AS rule_id,
    unit_code,
    COUNT_IF(is_judged) AS judged_count,
    COUNT_IF(NOT is_judged) AS not_judged_count,
    MIN(CASE WHEN NOT is_judged THEN 'bank_statements' END) AS missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY unit_code
