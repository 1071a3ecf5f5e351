-- Current facts of kind arrivals.
-- Grain: one row per fact; columns as validated.arrivals, with the unit that it belongs to.
-- Reads: validated.arrivals, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.arrivals AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
