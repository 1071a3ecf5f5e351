-- S.stale_return: rows of a returned workbook that came after a whole file had replaced what they correct; not those that
-- only repeat what they were made from. Closed by the next whole file.
-- Reads: facts.returned_rows, validated.versions, facts.receipts, received.returned, facts.unit_names.
WITH whole AS (
    SELECT v.kind, r.sender, v.scope_key, r.ingest_no, MIN(r.source_file) AS source_file
    FROM validated.versions AS v
    INNER JOIN facts.receipts AS r ON r.receipt_id = v.receipt_id
    LEFT JOIN received.returned AS t ON t.receipt_id = v.receipt_id
    WHERE t.receipt_id IS NULL
    GROUP BY v.kind, r.sender, v.scope_key, r.ingest_no
),
latest AS (
    SELECT w.*, ROW_NUMBER() OVER (PARTITION BY kind, sender, scope_key ORDER BY ingest_no DESC) AS nth
    FROM whole AS w
)
SELECT
    'S.stale_return' AS rule_id, COALESCE(n.unit_code, h.unit_code, f.unit_code) AS unit_code, v.kind, s.row_id,
    CAST(NULL AS VARCHAR) AS field, CAST(NULL AS VARCHAR) AS value_text,
    CONCAT_WS('|', v.kind, COALESCE(n.unit_code, h.unit_code, f.unit_code), v.fact_key, v.value_hash) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    l.source_file AS arg1, CAST(NULL AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM facts.returned_rows AS s
INNER JOIN validated.versions AS v ON v.row_id = s.row_id
INNER JOIN validated.versions AS o ON o.row_id = s.base_row_id
INNER JOIN facts.receipts AS r ON r.receipt_id = s.receipt_id
INNER JOIN latest AS l ON l.kind = o.kind AND l.sender = r.sender AND l.scope_key = o.scope_key AND l.nth = 1
LEFT JOIN facts.unit_names AS n ON n.name = v.stated_unit
LEFT JOIN facts.unit_names AS h ON h.name = v.sheet_unit
LEFT JOIN facts.unit_names AS f ON f.name = v.folder_unit
WHERE s.is_stale AND NOT s.is_same AND l.ingest_no <= s.ingest_no
