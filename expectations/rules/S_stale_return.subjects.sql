-- S.stale_return: returned rows, by unit.
SELECT
    'S.stale_return' AS rule_id, COALESCE(n.unit_code, h.unit_code, f.unit_code) AS unit_code, COUNT(*) AS judged_count,
    0 AS not_judged_count, CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM facts.returned_rows AS s
INNER JOIN validated.versions AS v ON v.row_id = s.row_id
LEFT JOIN facts.unit_names AS n ON n.name = v.stated_unit
LEFT JOIN facts.unit_names AS h ON h.name = v.sheet_unit
LEFT JOIN facts.unit_names AS f ON f.name = v.folder_unit
GROUP BY COALESCE(n.unit_code, h.unit_code, f.unit_code)
