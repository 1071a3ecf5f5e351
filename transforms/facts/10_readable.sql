-- Rows that can be understood.
-- Grain: one row per typed row of an accepted file in which nothing required is unreadable or missing.
-- Reads: validated.versions, validated.problems, received.receipts.
WITH rejected AS (
    SELECT DISTINCT row_id
    FROM validated.problems
    WHERE severity = 'reject' AND row_id IS NOT NULL
)
SELECT
    v.row_id,
    v.kind,
    v.receipt_id,
    v.city_code,
    v.scope_key,
    v.fact_key,
    v.value_hash,
    v.stated_unit,
    v.sheet_unit,
    v.folder_unit,
    v.account_key,
    r.sender,
    r.ingest_no
FROM validated.versions AS v
INNER JOIN received.receipts AS r ON r.receipt_id = v.receipt_id
LEFT JOIN rejected AS x ON x.row_id = v.row_id
WHERE r.state = 'accepted' AND x.row_id IS NULL
ORDER BY v.row_id
