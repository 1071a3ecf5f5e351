-- Current facts of kind visits.
-- Grain: one row per fact; columns as validated.visits, with the unit that it belongs to.
-- Reads: validated.visits, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.visits AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
