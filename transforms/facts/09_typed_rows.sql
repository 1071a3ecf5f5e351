-- All rows that say something: understood or not, replaced or not.
-- Grain: one row per typed row of an accepted file; not the rows of a returned workbook that only repeat what they were made
-- from, nor those that a newer whole file has overtaken or that lost their marks. root_row_id: the row that a returned row is
-- (NULL for an addition).
-- Reads: validated.versions, validated.problems, facts.receipts, received.returned, facts.returned_rows,
-- facts.unmarked_rows.
WITH rejected AS (
    SELECT DISTINCT row_id
    FROM validated.problems
    WHERE severity = 'reject' AND row_id IS NOT NULL
)
SELECT
    v.row_id, v.kind, v.receipt_id, v.city_code, v.scope_key, v.fact_key, v.value_hash,
    v.stated_unit, v.sheet_unit, v.folder_unit, v.account_key,
    r.sender,
    r.ingest_no,
    x.row_id IS NOT NULL AS is_rejected,
    t.receipt_id IS NOT NULL AS is_returned,
    w.root_row_id
FROM validated.versions AS v
INNER JOIN facts.receipts AS r ON r.receipt_id = v.receipt_id
LEFT JOIN received.returned AS t ON t.receipt_id = v.receipt_id
LEFT JOIN facts.returned_rows AS w ON w.row_id = v.row_id
LEFT JOIN facts.unmarked_rows AS u ON u.row_id = v.row_id
LEFT JOIN rejected AS x ON x.row_id = v.row_id
WHERE r.state = 'accepted' AND NOT COALESCE(w.is_same, FALSE) AND NOT COALESCE(w.is_stale, FALSE) AND u.row_id IS NULL
ORDER BY v.row_id
