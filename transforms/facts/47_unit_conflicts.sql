-- Rows that are said to be of two units, and that no newer file has replaced.
-- Grain: one row per contradicted row: the unit that holds, and the other.
-- Reads: facts.row_owners, facts.supersessions.
SELECT o.row_id, o.kind, o.unit_code AS stated, o.other_code AS other
FROM facts.row_owners AS o
LEFT JOIN facts.supersessions AS s ON s.row_id = o.row_id
WHERE s.row_id IS NULL AND o.unit_code IS NOT NULL AND o.other_code IS NOT NULL
ORDER BY o.row_id
