-- Rows of workbooks that came back: the row that each of them is, and whether it says anything new.
-- Grain: one row per typed row with a token. root_row_id: the row as it was first received; base_row_id: the row from
-- which the workbook was made, that is the root or an earlier return of it.
-- is_same: like its base in every value, unreadable text, unit and sheet: it changes nothing at all, not even where a fact
-- comes from. is_stale: the base was replaced by a whole file that came later, and not after this one: that file's word holds.
-- Reads: validated.tokens, raw.rows, received.returned, received.returned_sheets,
-- facts.receipts, validated.versions, validated.problems.
WITH failed_cells AS (
    SELECT row_id, CONCAT_WS('/', rule_id, COALESCE(field, ''), COALESCE(value_text, '')) AS said
    FROM validated.problems
    WHERE row_id IS NOT NULL
),
failures AS (
    SELECT row_id, STRING_AGG(said, '|' ORDER BY said) AS said
    FROM failed_cells
    GROUP BY row_id
),
pairs AS (
    SELECT
        w.row_id, w.receipt_id, w.root_row_id, r.ingest_no, COALESCE(b.row_id, w.root_row_id) AS base_row_id,
        COALESCE(s.base_sheet, n.sheet) AS said_sheet, f.sheet AS first_sheet
    FROM validated.tokens AS w
    INNER JOIN facts.receipts AS r ON r.receipt_id = w.receipt_id
    INNER JOIN received.returned AS t ON t.receipt_id = w.receipt_id
    INNER JOIN raw.rows AS n ON n.row_id = w.row_id
    LEFT JOIN raw.rows AS f ON f.row_id = w.root_row_id
    LEFT JOIN received.returned_sheets AS s ON s.receipt_id = w.receipt_id AND s.sheet = n.sheet
    LEFT JOIN validated.tokens AS b ON b.receipt_id = t.base_receipt_id AND b.root_row_id = w.root_row_id
),
whole AS (
    SELECT DISTINCT v.kind, r.sender, v.scope_key, r.ingest_no
    FROM validated.versions AS v
    INNER JOIN facts.receipts AS r ON r.receipt_id = v.receipt_id
    LEFT JOIN received.returned AS t ON t.receipt_id = v.receipt_id
    WHERE t.receipt_id IS NULL
),
stale AS (
    SELECT DISTINCT p.row_id
    FROM pairs AS p
    INNER JOIN validated.versions AS o ON o.row_id = p.base_row_id
    INNER JOIN facts.receipts AS r ON r.receipt_id = o.receipt_id
    INNER JOIN whole AS w ON w.kind = o.kind AND w.sender = r.sender AND w.scope_key = o.scope_key
    WHERE w.ingest_no > r.ingest_no AND w.ingest_no <= p.ingest_no
)
SELECT
    p.row_id, p.receipt_id, p.ingest_no, p.root_row_id, p.base_row_id,
    o.row_id IS NOT NULL
    AND p.said_sheet = p.first_sheet
    AND o.value_hash = v.value_hash
    AND COALESCE(o.stated_unit, '') = COALESCE(v.stated_unit, '')
    AND COALESCE(o.sheet_unit, '') = COALESCE(v.sheet_unit, '')
    AND COALESCE(g.said, '') = COALESCE(f.said, '') AS is_same,
    s.row_id IS NOT NULL AS is_stale
FROM pairs AS p
INNER JOIN validated.versions AS v ON v.row_id = p.row_id
LEFT JOIN validated.versions AS o ON o.row_id = p.base_row_id
LEFT JOIN failures AS f ON f.row_id = p.row_id
LEFT JOIN failures AS g ON g.row_id = p.base_row_id
LEFT JOIN stale AS s ON s.row_id = p.row_id
ORDER BY p.row_id
