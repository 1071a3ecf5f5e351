-- Current facts of kind journal.
-- Grain: one row per fact; columns as validated.journal, with the unit that it belongs to.
-- Reads: validated.journal, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.journal AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
