-- R01 居民身份证号: birth date valid, not in the future, check digit right (GB 11643, MOD 11-2; 15 digits have no check digit).
-- One offence per cell, the first that holds of .date, .future, .checksum. Text that is no ID number at all is S.type's business.
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
            WHEN TRY_CAST(p.birth_text AS DATE) IS NULL THEN 'R01.date'
            WHEN TRY_CAST(p.birth_text AS DATE) > a.as_of_on THEN 'R01.future'
            WHEN LENGTH(p.id_text) = 18
                AND SUBSTRING('10X98765432', p.weighted_sum % 11 + 1, 1) <> SUBSTRING(p.id_text, 18, 1)
                THEN 'R01.checksum'
        END AS rule_id
    FROM parts AS p
    CROSS JOIN facts.as_of AS a
)
SELECT
    rule_id, unit_code, kind, row_id, field, value_text,
    CONCAT_WS('|', kind, unit_code, fact_key, field) AS subject_key,
    batch_no, notice_no,
    CAST(as_of_on AS VARCHAR) AS arg1, -- the birth date itself is personal: no sentence repeats it
    CAST(NULL AS VARCHAR) AS arg2,
    CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4,
    CAST(NULL AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM judged
WHERE rule_id IS NOT NULL
