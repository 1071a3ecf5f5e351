-- Which unit an account belongs to, as the account register last said it.
-- Grain: one row per account_key. unit_code is NULL while the named unit is unknown.
-- Reads: facts.readable, validated.accounts, facts.unit_names.
WITH versions AS (
    SELECT
        a.account_key,
        a.unit_name,
        ROW_NUMBER() OVER (PARTITION BY a.account_key ORDER BY r.ingest_no DESC, r.receipt_id, a.row_no) AS version_rank
    FROM validated.accounts AS a
    INNER JOIN facts.readable AS r ON r.row_id = a.row_id
    WHERE a.account_key IS NOT NULL
)
SELECT v.account_key, n.unit_code
FROM versions AS v
LEFT JOIN facts.unit_names AS n ON n.name = v.unit_name
WHERE v.version_rank = 1
ORDER BY v.account_key
