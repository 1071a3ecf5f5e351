-- S.*: rows received that no newer file has replaced, by unit. Rows whose unit is not known are counted without one.
SELECT
    'S' AS rule_id, o.unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM facts.typed_rows AS v
LEFT JOIN facts.row_owners AS o ON o.row_id = v.row_id
LEFT JOIN facts.supersessions AS s ON s.row_id = v.row_id
WHERE s.row_id IS NULL
GROUP BY o.unit_code
