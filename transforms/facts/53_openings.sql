-- Current facts of kind openings.
-- Grain: one row per fact; columns as validated.openings, with the unit that it belongs to.
-- Reads: validated.openings, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.openings AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
