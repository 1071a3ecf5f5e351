-- R01: cells looked at, by detail. A collective visit and a missing student have no ID number to be judged.
-- .future needs an as-of day, which the first statement gives. Not judged: an ID number that is missing or unreadable.
WITH cells AS (
    SELECT unit_code, id_number AS id_text FROM facts.households
    UNION ALL SELECT unit_code, id_number FROM facts.members
    UNION ALL SELECT unit_code, id_number FROM facts.rosters
    UNION ALL SELECT unit_code, student_id_number FROM facts.rosters WHERE student_id_number IS NOT NULL
    UNION ALL SELECT unit_code, id_number FROM facts.visits WHERE COALESCE(object_type, 'person') <> 'collective'
),
sorted AS (
    SELECT
        unit_code,
        CASE
            WHEN REGEXP_MATCHES(UPPER(TRIM(id_text)), '^[0-9]+[0-9X]$') AND LENGTH(TRIM(id_text)) IN (15, 18)
                THEN LENGTH(TRIM(id_text))
            ELSE 0
        END AS digit_count
    FROM cells
),
counted AS (
    SELECT 'R01.date' AS rule_id, unit_code, digit_count > 0 AS is_judged, 'id_number' AS missing_input FROM sorted
    UNION ALL
    SELECT 'R01.checksum', unit_code, digit_count = 18, 'id_number' FROM sorted WHERE digit_count IN (0, 18)
    UNION ALL
    SELECT 'R01.future', s.unit_code, s.digit_count > 0 AND a.as_of_on IS NOT NULL,
        CASE WHEN a.as_of_on IS NULL THEN 'bank_statements' ELSE 'id_number' END
    FROM sorted AS s
    CROSS JOIN facts.as_of AS a
)
SELECT
    rule_id,
    unit_code,
    COUNT_IF(is_judged) AS judged_count,
    COUNT_IF(NOT is_judged) AS not_judged_count,
    MIN(CASE WHEN NOT is_judged THEN missing_input END) AS missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM counted
GROUP BY rule_id, unit_code
