-- Rows that state one key differently. Both are held until one is withdrawn.
-- Grain: one row per held row.
-- Reads: facts.standing.
SELECT row_id, kind, unit_code, fact_key
FROM facts.standing
WHERE versions_count > 1
ORDER BY row_id
