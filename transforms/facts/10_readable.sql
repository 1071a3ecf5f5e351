-- Rows that can be understood.
-- Grain: one row per row that says something, in which nothing required is unreadable or missing.
-- Reads: facts.typed_rows.
SELECT
    row_id, kind, receipt_id, city_code, scope_key, fact_key, value_hash, stated_unit, sheet_unit, folder_unit,
    account_key, sender, ingest_no, is_returned, root_row_id
FROM facts.typed_rows
WHERE NOT is_rejected
ORDER BY row_id
