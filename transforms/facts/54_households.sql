-- Current facts of kind households.
-- Grain: one row per fact; columns as validated.households, with the unit that it belongs to.
-- Reads: validated.households, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.households AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
