-- Rows in which something required is unreadable or missing: in no book, but known, and whose.
-- Grain: one row per such row that nothing newer has replaced and that is not held with its whole list; of equal ones the
-- first. Replaced: the row itself (facts.supersessions), or all else of its file. unit_code is NULL while it is unknown.
-- Reads: facts.typed_rows, facts.supersessions, facts.standing, facts.held_rows, facts.unit_names.
WITH replaced_files AS (
    SELECT DISTINCT t.receipt_id
    FROM facts.supersessions AS s
    INNER JOIN facts.typed_rows AS t ON t.row_id = s.row_id
    WHERE NOT s.is_by_token AND NOT EXISTS (SELECT 1 FROM facts.standing AS x WHERE x.receipt_id = t.receipt_id)
),
refused AS (
    SELECT
        t.row_id, t.kind, t.receipt_id, t.city_code, t.fact_key, t.value_hash, t.ingest_no,
        CASE WHEN t.stated_unit IS NOT NULL THEN n.unit_code ELSE COALESCE(h.unit_code, f.unit_code) END AS unit_code
    FROM facts.typed_rows AS t
    LEFT JOIN facts.unit_names AS n ON n.name = t.stated_unit
    LEFT JOIN facts.unit_names AS h ON h.name = t.sheet_unit
    LEFT JOIN facts.unit_names AS f ON f.name = t.folder_unit
    WHERE t.is_rejected
        AND NOT EXISTS (SELECT 1 FROM facts.supersessions AS s WHERE s.row_id = t.row_id)
        AND NOT EXISTS (SELECT 1 FROM facts.held_rows AS x WHERE x.row_id = t.row_id)
        AND NOT EXISTS (SELECT 1 FROM replaced_files AS x WHERE x.receipt_id = t.receipt_id)
),
ranked AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (
            PARTITION BY r.kind, r.unit_code, r.fact_key, r.value_hash ORDER BY r.ingest_no, r.receipt_id, r.row_id
        ) AS version_rank
    FROM refused AS r
)
SELECT row_id, kind, receipt_id, city_code, unit_code, fact_key, value_hash, ingest_no
FROM ranked
WHERE version_rank = 1
ORDER BY row_id
