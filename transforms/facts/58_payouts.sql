-- Current facts of kind payouts.
-- Grain: one row per fact; columns as validated.payouts, with the unit that it belongs to.
-- Reads: validated.payouts, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.payouts AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
