-- Current facts of kind members.
-- Grain: one row per fact; columns as validated.members, with the unit that it belongs to.
-- Reads: validated.members, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.members AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
