-- R03: case files. Not judged: a file whose 本人 has no sound ID number.
WITH files AS (
    SELECT h.unit_code, h.file_no, MAX(CASE WHEN h.person_key IS NULL OR f.row_id IS NOT NULL THEN 1 ELSE 0 END) AS in_doubt
    FROM facts.households AS h
    LEFT JOIN facts.id_faults AS f ON f.row_id = h.row_id
    GROUP BY h.unit_code, h.file_no
)
SELECT
    'R03' AS rule_id, unit_code, COUNT_IF(in_doubt = 0) AS judged_count, COUNT_IF(in_doubt = 1) AS not_judged_count,
    MIN(CASE WHEN in_doubt = 1 THEN 'id_number' END) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM files
GROUP BY unit_code
