-- Rows that are said to be of two units. The row's own word holds, then the sheet's, then the folder's.
-- The federation may forward what a county wrote: its own folder contradicts nobody.
-- Grain: one row per contradicted row: the unit that holds, and the other.
-- Reads: facts.row_owners, facts.units, facts.supersessions.
WITH own AS (
    SELECT unit_code FROM facts.units WHERE is_own
),
others AS (
    SELECT
        o.row_id,
        o.kind,
        o.unit_code,
        CASE
            WHEN o.stated_code <> o.sheet_code THEN o.sheet_code
            WHEN o.folder_code <> own.unit_code AND o.folder_code <> o.unit_code THEN o.folder_code
        END AS other
    FROM facts.row_owners AS o
    CROSS JOIN own
    LEFT JOIN facts.supersessions AS s ON s.row_id = o.row_id
    WHERE s.row_id IS NULL AND o.kind IN ('rosters', 'visits', 'payouts', 'households', 'members')
)
SELECT row_id, kind, unit_code AS stated, other
FROM others
WHERE other IS NOT NULL AND unit_code IS NOT NULL
ORDER BY row_id
