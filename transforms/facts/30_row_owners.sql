-- Whose row it is: the row's own unit, else the sheet's 填报单位, else the folder; a statement line's by the account register.
-- Grain: one row per readable row. unit_code is NULL while the unit is unknown (the row then waits).
-- A decision on findings is its sender's: the folder's, else the 填报单位's, else the federation's own.
-- A statement that names no account belongs to the only account of its folder's unit. other_code: another unit that sheet or
-- folder says; the federation may forward what a county wrote, its own folder contradicts nobody.
-- Reads: facts.readable, facts.units, facts.unit_names, facts.account_owners.
WITH own AS (
    SELECT unit_code FROM facts.units WHERE is_own
),
only_accounts AS (
    SELECT unit_code, MIN(account_key) AS account_key
    FROM facts.account_owners
    WHERE unit_code IS NOT NULL
    GROUP BY unit_code
    HAVING COUNT(*) = 1
),
named AS (
    SELECT
        r.row_id,
        r.kind,
        r.stated_unit,
        COALESCE(r.stated_unit, r.sheet_unit, r.folder_unit) AS unit_text,
        s.unit_code AS stated_code,
        h.unit_code AS sheet_code,
        f.unit_code AS folder_code,
        CASE WHEN r.folder_unit IS NOT NULL THEN f.unit_code ELSE h.unit_code END AS sender_code,
        COALESCE(r.folder_unit, r.sheet_unit) IS NULL AS is_unsigned,
        COALESCE(r.account_key, o.account_key) AS account_key
    FROM facts.readable AS r
    LEFT JOIN facts.unit_names AS s ON s.name = r.stated_unit
    LEFT JOIN facts.unit_names AS h ON h.name = r.sheet_unit
    LEFT JOIN facts.unit_names AS f ON f.name = r.folder_unit
    LEFT JOIN only_accounts AS o ON o.unit_code = f.unit_code AND r.kind = 'bank_statements'
),
owned AS (
    SELECT
        n.*,
        CASE
            WHEN n.kind IN ('units', 'budgets', 'arrivals', 'allotments', 'dibao') THEN own.unit_code
            WHEN n.kind = 'bank_statements' THEN a.unit_code
            WHEN n.kind = 'waivers' THEN CASE WHEN n.is_unsigned THEN own.unit_code ELSE n.sender_code END
            WHEN n.stated_unit IS NOT NULL THEN n.stated_code
            ELSE COALESCE(n.sheet_code, n.folder_code)
        END AS unit_code,
        CASE WHEN n.folder_code <> own.unit_code THEN n.folder_code END AS county_code
    FROM named AS n
    CROSS JOIN own
    LEFT JOIN facts.account_owners AS a ON a.account_key = n.account_key
)
SELECT
    row_id,
    kind,
    account_key,
    unit_text,
    unit_code,
    CASE
        WHEN kind NOT IN ('rosters', 'visits', 'payouts', 'households', 'members', 'purchases') THEN NULL
        WHEN stated_code <> sheet_code THEN sheet_code
        WHEN county_code <> unit_code THEN county_code
    END AS other_code
FROM owned
ORDER BY row_id
