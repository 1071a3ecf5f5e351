-- Roster lines that are held: they state one thing in two ways, or something required in them could not be read.
-- Grain: one row per held line, equal ones once. is_counted: it stands in the control sum of its list (of the versions of one
-- line, which agree in the amount, one does). has_amount: only such a line is a payment to be. held_key makes its id.
-- Reads: validated.rosters, facts.refused, facts.conflicts, facts.duplicates, facts.typed_rows.
WITH held AS (
    SELECT row_id, unit_code, fact_key FROM facts.refused WHERE kind = 'rosters' AND unit_code IS NOT NULL
    UNION
    SELECT row_id, unit_code, fact_key FROM facts.conflicts WHERE kind = 'rosters'
    UNION
    SELECT row_id, unit_code, fact_key FROM facts.duplicates WHERE kind = 'rosters' AND NOT is_identical
),
stated AS (
    SELECT
        h.row_id, h.unit_code, h.fact_key, t.value_hash, r.batch_no, r.amount_yuan IS NOT NULL AS has_amount,
        ROW_NUMBER() OVER (PARTITION BY h.unit_code, h.fact_key, t.value_hash ORDER BY h.row_id) AS equal_rank,
        ROW_NUMBER() OVER (PARTITION BY h.unit_code, h.fact_key ORDER BY t.value_hash, h.row_id) AS version_rank
    FROM held AS h
    INNER JOIN facts.typed_rows AS t ON t.row_id = h.row_id
    INNER JOIN validated.rosters AS r ON r.row_id = h.row_id
)
SELECT
    row_id, unit_code, batch_no, CONCAT_WS('|', 'held', fact_key, value_hash) AS held_key, version_rank = 1 AS is_counted,
    has_amount
FROM stated
WHERE equal_rank = 1
ORDER BY row_id
