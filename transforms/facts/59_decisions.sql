-- Current facts of kind decisions: what people chose in a 对账待办, the last word on each item.
-- Grain: one row per fact; columns as validated.decisions, with the unit whose workbook it was.
-- Reads: validated.decisions, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.decisions AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
