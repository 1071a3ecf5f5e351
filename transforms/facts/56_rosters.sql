-- Current facts of kind rosters.
-- Grain: one row per fact; columns as validated.rosters, with the unit that it belongs to.
-- Reads: validated.rosters, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.rosters AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
