-- Current facts of kind purchases.
-- Grain: one row per fact; columns as validated.purchases, with the unit that it belongs to.
-- Reads: validated.purchases, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.purchases AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
