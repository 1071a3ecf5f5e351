-- Current allotment lines, with the unit that receives the money.
-- Grain: one row per line of a notice or decision. payee_unit_code is NULL while the named unit is unknown.
-- Reads: validated.allotments, facts.current, facts.unit_names.
SELECT v.*, c.unit_code, c.fact_key, n.unit_code AS payee_unit_code
FROM validated.allotments AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
LEFT JOIN facts.unit_names AS n ON n.name = v.payee_unit
ORDER BY v.row_id
