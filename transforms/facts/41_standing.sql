-- The rows that stand, with the number of different things that are said under their key.
-- Of equal facts the earliest receipt is named, within one moment the smallest hash.
-- Grain: one row per row that was not replaced and whose unit is known.
-- Reads: facts.readable, facts.row_owners, facts.supersessions.
WITH standing AS (
    SELECT
        r.row_id, r.kind, r.receipt_id, r.ingest_no, r.fact_key, r.value_hash, o.unit_code, o.account_key,
        CASE
            WHEN r.kind = 'bank_statements' THEN o.account_key
            WHEN r.kind IN ('units', 'accounts', 'budgets', 'arrivals', 'allotments', 'dibao') THEN ''
            ELSE o.unit_code
        END AS key_space
    FROM facts.readable AS r
    INNER JOIN facts.row_owners AS o ON o.row_id = r.row_id
    LEFT JOIN facts.supersessions AS s ON s.row_id = r.row_id
    WHERE o.unit_code IS NOT NULL AND s.row_id IS NULL
),
said AS (
    SELECT kind, key_space, fact_key, COUNT(DISTINCT value_hash) AS versions_count
    FROM standing
    GROUP BY kind, key_space, fact_key
)
SELECT
    t.row_id, t.kind, t.receipt_id, t.ingest_no, t.fact_key, t.unit_code, t.account_key, t.key_space,
    CASE WHEN t.kind IN ('bank_statements', 'payouts') THEN 1 ELSE s.versions_count END AS versions_count,
    ROW_NUMBER() OVER (
        PARTITION BY t.kind, t.key_space, t.fact_key ORDER BY t.ingest_no, t.receipt_id, t.row_id
    ) AS version_rank
FROM standing AS t
INNER JOIN said AS s ON s.kind = t.kind AND s.key_space = t.key_space AND s.fact_key = t.fact_key
ORDER BY t.row_id
