-- Rows of lists that are held because they would drop too much of their batch.
-- Grain: one row per row of such a version, understood or not; rows of other units under the same number are not among them.
-- Reads: facts.typed_rows, facts.row_owners, facts.shrunk_batches.
SELECT DISTINCT t.row_id, t.kind, h.unit_code, h.receipt_id
FROM facts.shrunk_batches AS h
INNER JOIN facts.typed_rows AS t
    ON t.kind = 'rosters' AND t.sender = h.sender AND t.scope_key = h.scope_key AND t.ingest_no = h.ingest_no
LEFT JOIN facts.row_owners AS o ON o.row_id = t.row_id
WHERE h.is_held AND NOT t.is_returned AND COALESCE(o.unit_code, h.unit_code) = h.unit_code
ORDER BY t.row_id
