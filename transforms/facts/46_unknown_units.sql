-- Rows that wait because nobody knows their unit (or, for statements, their account), and that no newer file has restated.
-- Grain: one row per waiting row.
-- Reads: facts.row_owners, facts.supersessions.
SELECT o.row_id, o.kind, COALESCE(o.unit_text, '') AS unit_text
FROM facts.row_owners AS o
LEFT JOIN facts.supersessions AS s ON s.row_id = o.row_id
WHERE o.unit_code IS NULL AND s.row_id IS NULL
ORDER BY o.row_id
