-- Rows that wait because nobody knows their unit (or, for statements, their account).
-- Grain: one row per waiting row.
-- Reads: facts.row_owners.
SELECT row_id, kind, COALESCE(unit_text, '') AS unit_text
FROM facts.row_owners
WHERE unit_code IS NULL
ORDER BY row_id
