-- ID numbers that cannot be right: birth date invalid, in the future, check digit wrong (GB 11643, MOD 11-2; 15 digits have
-- no check digit). Text that is no ID number at all was not read (S.type), and is not here.
-- Grain: one row per such cell of a current fact; fault is the first that holds of date, future, checksum.
-- What follows from such a number is not judged a second time: whoever joins by it leaves these rows out.
-- Reads: facts.households, facts.members, facts.rosters, facts.visits, facts.as_of.
WITH cells AS (
    SELECT 'households' AS kind, row_id, unit_code, 'id_number' AS field, id_number AS value_text, fact_key,
        CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no
    FROM facts.households
    UNION ALL
    SELECT 'members', row_id, unit_code, 'id_number', id_number, fact_key,
        CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)
    FROM facts.members
    UNION ALL
    SELECT 'rosters', row_id, unit_code, 'id_number', id_number, fact_key, batch_no, notice_no
    FROM facts.rosters
    UNION ALL
    SELECT 'rosters', row_id, unit_code, 'student_id_number', student_id_number, fact_key, batch_no, notice_no
    FROM facts.rosters
    UNION ALL
    SELECT 'visits', row_id, unit_code, 'id_number', id_number, fact_key, batch_no, CAST(NULL AS VARCHAR)
    FROM facts.visits
),
numbers AS (
    SELECT *, UPPER(TRIM(value_text)) AS id_text
    FROM cells
    WHERE REGEXP_MATCHES(UPPER(TRIM(value_text)), '^[0-9]+[0-9X]$') AND LENGTH(TRIM(value_text)) IN (15, 18)
),
parts AS (
    SELECT
        *,
        CASE
            WHEN LENGTH(id_text) = 18
                THEN CONCAT(SUBSTRING(id_text, 7, 4), '-', SUBSTRING(id_text, 11, 2), '-', SUBSTRING(id_text, 13, 2))
            ELSE CONCAT('19', SUBSTRING(id_text, 7, 2), '-', SUBSTRING(id_text, 9, 2), '-', SUBSTRING(id_text, 11, 2))
        END AS birth_text,
        TRY_CAST(SUBSTRING(id_text, 1, 1) AS INTEGER) * 7 + TRY_CAST(SUBSTRING(id_text, 2, 1) AS INTEGER) * 9
        + TRY_CAST(SUBSTRING(id_text, 3, 1) AS INTEGER) * 10 + TRY_CAST(SUBSTRING(id_text, 4, 1) AS INTEGER) * 5
        + TRY_CAST(SUBSTRING(id_text, 5, 1) AS INTEGER) * 8 + TRY_CAST(SUBSTRING(id_text, 6, 1) AS INTEGER) * 4
        + TRY_CAST(SUBSTRING(id_text, 7, 1) AS INTEGER) * 2 + TRY_CAST(SUBSTRING(id_text, 8, 1) AS INTEGER) * 1
        + TRY_CAST(SUBSTRING(id_text, 9, 1) AS INTEGER) * 6 + TRY_CAST(SUBSTRING(id_text, 10, 1) AS INTEGER) * 3
        + TRY_CAST(SUBSTRING(id_text, 11, 1) AS INTEGER) * 7 + TRY_CAST(SUBSTRING(id_text, 12, 1) AS INTEGER) * 9
        + TRY_CAST(SUBSTRING(id_text, 13, 1) AS INTEGER) * 10 + TRY_CAST(SUBSTRING(id_text, 14, 1) AS INTEGER) * 5
        + TRY_CAST(SUBSTRING(id_text, 15, 1) AS INTEGER) * 8 + TRY_CAST(SUBSTRING(id_text, 16, 1) AS INTEGER) * 4
        + TRY_CAST(SUBSTRING(id_text, 17, 1) AS INTEGER) * 2 AS weighted_sum
    FROM numbers
),
judged AS (
    SELECT
        p.*,
        a.as_of_on,
        CASE
            WHEN TRY_CAST(p.birth_text AS DATE) IS NULL THEN 'date'
            WHEN TRY_CAST(p.birth_text AS DATE) > a.as_of_on THEN 'future'
            WHEN LENGTH(p.id_text) = 18
                AND SUBSTRING('10X98765432', p.weighted_sum % 11 + 1, 1) <> SUBSTRING(p.id_text, 18, 1)
                THEN 'checksum'
        END AS fault
    FROM parts AS p
    CROSS JOIN facts.as_of AS a
)
SELECT kind, row_id, unit_code, field, value_text, fact_key, batch_no, notice_no, fault, as_of_on
FROM judged
WHERE fault IS NOT NULL
ORDER BY row_id, field
