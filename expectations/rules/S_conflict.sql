-- S.conflict: rows that state one key differently in one delivery. All of them are held until one file is withdrawn.
-- Reads: facts.conflicts, facts.readable, received.receipts.
WITH held AS (
    SELECT c.row_id, c.kind, c.unit_code, c.fact_key, r.receipt_id, r.source_file, s.value_hash
    FROM facts.conflicts AS c
    INNER JOIN facts.readable AS s ON s.row_id = c.row_id
    INNER JOIN received.receipts AS r ON r.receipt_id = s.receipt_id
),
others AS (
    SELECT h.row_id, MIN(o.source_file) AS other_file
    FROM held AS h
    INNER JOIN held AS o ON o.kind = h.kind AND o.fact_key = h.fact_key AND o.receipt_id <> h.receipt_id
    GROUP BY h.row_id
)
SELECT
    'S.conflict' AS rule_id, h.unit_code, h.kind, h.row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', h.kind, h.unit_code, h.fact_key, h.value_hash) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    o.other_file AS arg1, CAST(NULL AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM held AS h
LEFT JOIN others AS o ON o.row_id = h.row_id
