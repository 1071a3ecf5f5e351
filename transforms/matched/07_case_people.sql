-- Who stands in which case file, and from when to when the file is open.
-- Grain: one row per case file (unit and 档案编号), person and part in it (self or the relation); persons without a readable
-- ID number stand here by name only. Names are without spaces, as they are compared.
-- A file re-registered under its number is one file: open since its earliest period, until its last one is closed.
-- Reads: facts.households, facts.members.
WITH files AS (
    SELECT
        h.*,
        MIN(h.opened_on) OVER (PARTITION BY h.unit_code, h.file_no) AS first_opened_on,
        ROW_NUMBER() OVER (PARTITION BY h.unit_code, h.file_no ORDER BY h.opened_on DESC, h.row_id) AS latest
    FROM facts.households AS h
),
spans AS (
    SELECT unit_code, file_no, city_code, first_opened_on AS opened_on, closed_on, grace_until_on
    FROM files
    WHERE latest = 1
),
persons AS (
    SELECT unit_code, file_no, row_id, person_key, name, 'self' AS relation, CAST(NULL AS DATE) AS joined_on,
        CAST(NULL AS DATE) AS left_on
    FROM facts.households
    UNION ALL
    SELECT unit_code, file_no, row_id, person_key, name, relation, joined_on, left_on
    FROM facts.members
)
SELECT
    s.city_code, s.unit_code, s.file_no, p.person_key, REPLACE(p.name, ' ', '') AS person_name, p.relation,
    MIN(p.joined_on) AS joined_on, CASE WHEN COUNT(*) = COUNT(p.left_on) THEN MAX(p.left_on) END AS left_on,
    s.opened_on, s.closed_on, s.grace_until_on
FROM persons AS p
INNER JOIN spans AS s ON s.unit_code = p.unit_code AND s.file_no = p.file_no
GROUP BY
    s.city_code, s.unit_code, s.file_no, p.person_key, REPLACE(p.name, ' ', ''), p.relation, s.opened_on, s.closed_on,
    s.grace_until_on
ORDER BY s.unit_code, s.file_no, p.relation, p.person_key
