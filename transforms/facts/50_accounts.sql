-- Current facts of kind accounts.
-- Grain: one row per fact; columns as validated.accounts, with the unit that it belongs to.
-- Reads: validated.accounts, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.accounts AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
