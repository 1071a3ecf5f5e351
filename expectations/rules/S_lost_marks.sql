-- S.lost_marks: sheets of returned workbooks whose rows name no row any more (S.lost_marks), or papers of the bank in them that
-- were altered (S.altered_bank_paper). Closed by the next return of the same file, or by a whole file of that sender and kind.
-- Reads: facts.unmarked_rows, facts.receipts, received.returned, validated.versions, facts.unit_names.
WITH altered AS (
    SELECT
        u.receipt_id, u.sheet, u.kind, MIN(u.row_id) AS row_id, COUNT(*) AS row_count,
        CASE WHEN u.is_banks_own THEN 'S.altered_bank_paper' ELSE 'S.lost_marks' END AS rule_id
    FROM facts.unmarked_rows AS u
    WHERE NOT u.is_same
    GROUP BY u.receipt_id, u.sheet, u.kind, u.is_banks_own
),
came_back AS (
    SELECT t.receipt_id, t.base_receipt_id, r.ingest_no
    FROM received.returned AS t
    INNER JOIN facts.receipts AS r ON r.receipt_id = t.receipt_id
),
whole AS (
    SELECT v.kind, r.sender, MAX(r.ingest_no) AS ingest_no
    FROM validated.versions AS v
    INNER JOIN facts.receipts AS r ON r.receipt_id = v.receipt_id
    LEFT JOIN received.returned AS t ON t.receipt_id = v.receipt_id
    WHERE t.receipt_id IS NULL
    GROUP BY v.kind, r.sender
)
SELECT
    a.rule_id, COALESCE(n.unit_code, h.unit_code, f.unit_code) AS unit_code, a.kind, a.row_id,
    CAST(NULL AS VARCHAR) AS field, CAST(NULL AS VARCHAR) AS value_text,
    CONCAT_WS('|', a.kind, c.base_receipt_id, a.receipt_id, a.sheet) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    a.sheet AS arg1, CAST(a.row_count AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM altered AS a
INNER JOIN came_back AS c ON c.receipt_id = a.receipt_id
INNER JOIN facts.receipts AS r ON r.receipt_id = a.receipt_id
INNER JOIN validated.versions AS v ON v.row_id = a.row_id
LEFT JOIN whole AS w ON w.kind = a.kind AND w.sender = r.sender
LEFT JOIN facts.unit_names AS n ON n.name = v.stated_unit
LEFT JOIN facts.unit_names AS h ON h.name = v.sheet_unit
LEFT JOIN facts.unit_names AS f ON f.name = v.folder_unit
WHERE COALESCE(w.ingest_no, 0) <= c.ingest_no
    AND NOT EXISTS (
        SELECT 1 FROM came_back AS l WHERE l.base_receipt_id = c.base_receipt_id AND l.ingest_no > c.ingest_no
    )
