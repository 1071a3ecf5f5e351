-- S.conflict: rows whose unit is known and that no newer file has replaced, by unit.
SELECT
    'S.conflict' AS rule_id, o.unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM facts.row_owners AS o
LEFT JOIN facts.supersessions AS s ON s.row_id = o.row_id
WHERE o.unit_code IS NOT NULL AND s.row_id IS NULL
GROUP BY o.unit_code
