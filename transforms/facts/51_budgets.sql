-- Current facts of kind budgets.
-- Grain: one row per fact; columns as validated.budgets, with the unit that it belongs to.
-- Reads: validated.budgets, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.budgets AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
