-- M91: all bank lines, and what people decided about them.
SELECT
    'M91' AS rule_id, unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM (
    SELECT unit_code FROM matched.bank_lines
    UNION ALL
    SELECT unit_code FROM facts.choices
) AS subjects
GROUP BY unit_code
