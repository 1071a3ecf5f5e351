-- Problems of reading that tell nothing of their own: of a returned row that repeats the row it was made from, comes too
-- late or lost its mark, of a list that is held as a whole, of a file that was withdrawn, and what a returned workbook shows of
-- its sheets exactly as the file before it.
-- Grain: one row per such problem.
-- Reads: validated.problems, facts.receipts, received.returned, received.returned_sheets, facts.returned_rows,
-- facts.unmarked_rows, facts.held_rows.
WITH of_sheets AS (
    SELECT
        p.problem_id, p.rule_id, p.receipt_id, r.sender, r.ingest_no,
        COALESCE(t.context_file, r.source_file) AS context_file, t.receipt_id IS NOT NULL AS is_returned,
        COALESCE(s.base_sheet, p.sheet) AS base_sheet, COALESCE(p.field, '') AS field,
        CONCAT_WS('|', p.args[1], p.args[2], p.args[3]) AS said
    FROM validated.problems AS p
    INNER JOIN facts.receipts AS r ON r.receipt_id = p.receipt_id
    LEFT JOIN received.returned AS t ON t.receipt_id = p.receipt_id
    LEFT JOIN received.returned_sheets AS s ON s.receipt_id = p.receipt_id AND s.sheet = p.sheet
    WHERE p.row_id IS NULL
)
SELECT p.problem_id
FROM validated.problems AS p
INNER JOIN facts.returned_rows AS w ON w.row_id = p.row_id
WHERE w.is_same OR w.is_stale
UNION
SELECT p.problem_id
FROM validated.problems AS p
INNER JOIN facts.unmarked_rows AS u ON u.row_id = p.row_id
UNION
SELECT p.problem_id
FROM validated.problems AS p
INNER JOIN facts.held_rows AS h ON h.row_id = p.row_id
UNION
SELECT p.problem_id
FROM validated.problems AS p
WHERE NOT EXISTS (SELECT 1 FROM facts.receipts AS r WHERE r.receipt_id = p.receipt_id)
UNION
SELECT q.problem_id
FROM of_sheets AS q
INNER JOIN of_sheets AS p
    ON p.sender = q.sender AND p.context_file = q.context_file AND p.rule_id = q.rule_id AND p.field = q.field
    AND p.said = q.said AND p.receipt_id <> q.receipt_id
    AND (p.base_sheet = q.base_sheet OR p.base_sheet = '')
WHERE q.is_returned AND NOT p.is_returned AND p.ingest_no <= q.ingest_no
ORDER BY problem_id
