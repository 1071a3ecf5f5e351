-- The rows that stand, with the number of different things that are said under their key, or of one row by two returns.
-- Of equal facts the earliest receipt is named, within one moment the smallest hash, within one file the first row.
-- Two rows of one file that a correction has made equal stay two: the corrected one has a key of its own.
-- Grain: one row per row that was not replaced, is not held, and whose unit is known.
-- Reads: facts.readable, facts.row_owners, facts.supersessions, facts.held_rows, raw.rows.
WITH standing AS (
    SELECT
        r.row_id, r.kind, r.receipt_id, r.ingest_no, r.fact_key, r.value_hash, o.unit_code, o.account_key, w.row_no,
        COALESCE(r.root_row_id, r.row_id) AS root_row_id,
        CASE
            WHEN r.kind = 'bank_statements' THEN o.account_key
            WHEN r.kind IN ('units', 'accounts', 'budgets', 'arrivals', 'allotments', 'dibao') THEN ''
            ELSE o.unit_code
        END AS key_space
    FROM facts.readable AS r
    INNER JOIN facts.row_owners AS o ON o.row_id = r.row_id
    LEFT JOIN facts.supersessions AS s ON s.row_id = r.row_id
    LEFT JOIN facts.held_rows AS h ON h.row_id = r.row_id
    LEFT JOIN raw.rows AS w ON w.row_id = r.row_id
    WHERE o.unit_code IS NOT NULL AND s.row_id IS NULL AND h.row_id IS NULL
),
told_apart AS (
    SELECT
        row_id,
        DENSE_RANK() OVER (
            PARTITION BY kind, key_space, fact_key, SPLIT_PART(root_row_id, ':', 1)
            ORDER BY CASE WHEN root_row_id = row_id THEN 0 ELSE 1 END, root_row_id
        ) AS equal_no
    FROM standing
    WHERE kind IN ('rosters', 'arrivals')
),
keyed AS (
    SELECT
        t.row_id, t.kind, t.receipt_id, t.ingest_no, t.value_hash, t.unit_code, t.account_key, t.key_space, t.row_no,
        t.root_row_id,
        CASE
            WHEN COALESCE(a.equal_no, 1) = 1 THEN t.fact_key
            ELSE CONCAT(t.fact_key, ':', CAST(a.equal_no AS VARCHAR))
        END AS fact_key
    FROM standing AS t
    LEFT JOIN told_apart AS a ON a.row_id = t.row_id
),
said AS (
    SELECT kind, key_space, fact_key, COUNT(DISTINCT value_hash) AS versions_count
    FROM keyed
    GROUP BY kind, key_space, fact_key
),
said_of_row AS (
    SELECT root_row_id, COUNT(DISTINCT value_hash) AS versions_count
    FROM keyed
    GROUP BY root_row_id
)
SELECT
    t.row_id, t.kind, t.receipt_id, t.ingest_no, t.fact_key, t.unit_code, t.account_key, t.key_space, t.value_hash,
    CASE
        WHEN t.kind IN ('bank_statements', 'payouts') THEN 1
        ELSE GREATEST(s.versions_count, r.versions_count)
    END AS versions_count,
    ROW_NUMBER() OVER (
        PARTITION BY t.kind, t.key_space, t.fact_key ORDER BY t.ingest_no, t.receipt_id, t.row_no, t.row_id
    ) AS version_rank
FROM keyed AS t
INNER JOIN said AS s ON s.kind = t.kind AND s.key_space = t.key_space AND s.fact_key = t.fact_key
INNER JOIN said_of_row AS r ON r.root_row_id = t.root_row_id
ORDER BY t.row_id
