-- Rows that state the key of another row of their own file. Identical ones: the first stands; different ones: all are held.
-- Grain: one row per such row; of identical ones only the further ones. duplicate_no: n-th of its key in the file.
-- Reads: facts.standing, raw.rows.
WITH stated AS (
    SELECT
        t.*, w.sheet, w.row_no,
        ROW_NUMBER() OVER (
            PARTITION BY t.kind, t.key_space, t.fact_key, t.receipt_id ORDER BY w.sheet, w.row_no
        ) AS duplicate_no,
        FIRST_VALUE(w.row_no) OVER (
            PARTITION BY t.kind, t.key_space, t.fact_key, t.receipt_id ORDER BY w.sheet, w.row_no
        ) AS first_row_no,
        LEAD(w.row_no) OVER (
            PARTITION BY t.kind, t.key_space, t.fact_key, t.receipt_id ORDER BY w.sheet, w.row_no
        ) AS next_row_no
    FROM facts.standing AS t
    INNER JOIN raw.rows AS w ON w.row_id = t.row_id
    WHERE t.kind NOT IN ('bank_statements', 'payouts')
),
repeated AS (
    SELECT kind, key_space, fact_key, receipt_id, COUNT(DISTINCT value_hash) AS versions_count
    FROM stated
    GROUP BY kind, key_space, fact_key, receipt_id
    HAVING COUNT(*) > 1
)
SELECT
    s.row_id, s.kind, s.unit_code, s.fact_key, s.value_hash, s.duplicate_no,
    CASE WHEN s.duplicate_no > 1 THEN s.first_row_no ELSE s.next_row_no END AS other_row_no,
    r.versions_count = 1 AS is_identical
FROM stated AS s
INNER JOIN repeated AS r
    ON r.kind = s.kind AND r.key_space = s.key_space AND r.fact_key = s.fact_key AND r.receipt_id = s.receipt_id
WHERE r.versions_count > 1 OR s.duplicate_no > 1
ORDER BY s.row_id
