-- M91: all bank lines.
SELECT
    'M91' AS rule_id, unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM matched.bank_lines
GROUP BY unit_code
