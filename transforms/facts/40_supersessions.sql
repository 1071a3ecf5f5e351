-- What a later file of the same sender replaced: its whole batch, notice or case file, else row by row.
-- Statement lines and payout results are events: they add up and replace nothing.
-- Grain: one row per replaced row, with the receipt that replaced it.
-- Reads: facts.readable, facts.row_owners.
WITH kept AS (
    SELECT r.row_id, r.kind, r.receipt_id, r.sender, r.ingest_no, r.scope_key, o.unit_code
    FROM facts.readable AS r
    INNER JOIN facts.row_owners AS o ON o.row_id = r.row_id
    WHERE o.unit_code IS NOT NULL AND r.kind NOT IN ('bank_statements', 'payouts')
),
latest AS (
    SELECT kind, unit_code, sender, scope_key, MAX(ingest_no) AS ingest_no
    FROM kept
    GROUP BY kind, unit_code, sender, scope_key
),
replacing AS (
    SELECT k.kind, k.unit_code, k.sender, k.scope_key, MIN(k.receipt_id) AS receipt_id
    FROM kept AS k
    INNER JOIN latest AS l
        ON l.kind = k.kind AND l.unit_code = k.unit_code AND l.sender = k.sender
        AND l.scope_key = k.scope_key AND l.ingest_no = k.ingest_no
    GROUP BY k.kind, k.unit_code, k.sender, k.scope_key
)
SELECT k.row_id, k.kind, p.receipt_id AS superseded_by
FROM kept AS k
INNER JOIN latest AS l
    ON l.kind = k.kind AND l.unit_code = k.unit_code AND l.sender = k.sender AND l.scope_key = k.scope_key
INNER JOIN replacing AS p
    ON p.kind = k.kind AND p.unit_code = k.unit_code AND p.sender = k.sender AND p.scope_key = k.scope_key
WHERE k.ingest_no < l.ingest_no
ORDER BY k.row_id
