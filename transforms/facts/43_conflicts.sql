-- Rows of different files that state one key, or of two returns that state one row, differently. All are held until one is
-- withdrawn. What contradicts itself within one file is facts.duplicates.
-- Grain: one row per held row.
-- Reads: facts.standing, facts.duplicates.
SELECT t.row_id, t.kind, t.unit_code, t.fact_key
FROM facts.standing AS t
LEFT JOIN facts.duplicates AS d ON d.row_id = t.row_id
WHERE t.versions_count > 1 AND d.row_id IS NULL
ORDER BY t.row_id
