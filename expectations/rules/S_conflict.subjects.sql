-- S.conflict: rows whose unit is known, by unit.
SELECT
    'S.conflict' AS rule_id, unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM facts.row_owners
WHERE unit_code IS NOT NULL
GROUP BY unit_code
