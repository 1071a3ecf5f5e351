-- Rows of workbooks that came back which name no row and are none of their own: they are left aside. The unit took the row
-- marks out of the sheet, or the sheet is a paper of the bank, which nobody may alter.
-- Grain: one row per such row. is_same: like a row of the file that the workbook was made from: it says nothing. Anything
-- else on such a sheet is no addition either, for it could as well be one of those rows, corrected (S.lost_marks). A sheet
-- that the file did not have, no row of which is one of its rows, is new: its rows are not here.
-- Reads: facts.receipts, received.returned, received.returned_sheets, validated.versions, validated.tokens, raw.rows.
WITH told_sheets AS (
    SELECT DISTINCT receipt_id, sheet, base_sheet
    FROM received.returned_sheets
),
base_sheets AS (
    SELECT DISTINCT receipt_id, kind, sheet
    FROM raw.rows
),
base_rows AS (
    SELECT DISTINCT receipt_id, kind, value_hash
    FROM validated.versions
),
came_back AS (
    SELECT
        v.row_id, v.receipt_id, v.kind, v.kind IN ('bank_statements', 'payouts') AS is_banks_own, w.sheet,
        k.row_id IS NOT NULL AS has_mark, b.receipt_id IS NOT NULL AS is_same, s.receipt_id IS NOT NULL AS is_known_sheet
    FROM received.returned AS t
    INNER JOIN facts.receipts AS r ON r.receipt_id = t.receipt_id
    INNER JOIN validated.versions AS v ON v.receipt_id = t.receipt_id
    INNER JOIN raw.rows AS w ON w.row_id = v.row_id
    LEFT JOIN told_sheets AS n ON n.receipt_id = t.receipt_id AND n.sheet = w.sheet
    LEFT JOIN validated.tokens AS k ON k.row_id = v.row_id
    LEFT JOIN base_rows AS b
        ON b.receipt_id = t.base_receipt_id AND b.kind = v.kind AND b.value_hash = v.value_hash
    LEFT JOIN base_sheets AS s
        ON s.receipt_id = t.base_receipt_id AND s.kind = v.kind AND s.sheet = COALESCE(n.base_sheet, w.sheet)
),
sheets AS (
    SELECT receipt_id, sheet, kind
    FROM came_back
    GROUP BY receipt_id, sheet, kind
    HAVING MAX(CASE WHEN has_mark THEN 1 ELSE 0 END) = 0
        AND MAX(CASE WHEN is_same OR is_known_sheet THEN 1 ELSE 0 END) = 1
)
SELECT c.row_id, c.receipt_id, c.kind, c.sheet, c.is_banks_own, c.is_same
FROM came_back AS c
INNER JOIN sheets AS s ON s.receipt_id = c.receipt_id AND s.sheet = c.sheet AND s.kind = c.kind
ORDER BY c.row_id
