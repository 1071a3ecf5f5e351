-- The rows that are in the books: one per key, undisputed.
-- Grain: one row per fact.
-- Reads: facts.standing.
SELECT row_id, kind, unit_code, account_key, fact_key, ingest_no
FROM facts.standing
WHERE versions_count = 1 AND version_rank = 1
ORDER BY row_id
