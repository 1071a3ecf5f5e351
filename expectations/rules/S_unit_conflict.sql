-- S.unit_conflict: rows that are said to be of two units. One finding per file, kind and pair of units; the first holds.
-- Reads: facts.unit_conflicts, validated.versions, received.receipts, facts.units.
WITH pairs AS (
    SELECT c.kind, v.receipt_id, c.stated, c.other, MIN(c.row_id) AS row_id, COUNT(*) AS row_count
    FROM facts.unit_conflicts AS c
    INNER JOIN validated.versions AS v ON v.row_id = c.row_id
    GROUP BY c.kind, v.receipt_id, c.stated, c.other
)
SELECT
    'S.unit_conflict' AS rule_id, p.stated AS unit_code, p.kind, p.row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', p.kind, r.sha256, p.stated, p.other) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    COALESCE(a.unit_name, p.stated) AS arg1, COALESCE(b.unit_name, p.other) AS arg2,
    CAST(p.row_count AS VARCHAR) AS arg3, CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM pairs AS p
INNER JOIN received.receipts AS r ON r.receipt_id = p.receipt_id
LEFT JOIN facts.units AS a ON a.unit_code = p.stated
LEFT JOIN facts.units AS b ON b.unit_code = p.other
