-- The persons who make a case file one household in a year: 本人, 配偶 and 未成年子女.
-- Grain: one row per year, case file and person; files open on some day of the year, members who belonged to it then.
-- A child is a minor of year Y while under 18 on some day of it. Persons without an ID number cannot join households.
-- Reads: facts.years, facts.households, facts.members.
WITH open_files AS (
    SELECT
        y.year,
        CONCAT(h.unit_code, '|', h.file_no) AS file_key,
        h.unit_code, h.file_no, h.person_key, h.id_number
    FROM facts.years AS y
    INNER JOIN facts.households AS h
        ON EXTRACT(YEAR FROM h.opened_on) <= y.year
        AND (h.closed_on IS NULL OR EXTRACT(YEAR FROM h.closed_on) >= y.year)
),
persons AS (
    SELECT year, file_key, person_key, id_number FROM open_files
    UNION
    SELECT f.year, f.file_key, m.person_key, m.id_number
    FROM open_files AS f
    INNER JOIN facts.members AS m ON m.unit_code = f.unit_code AND m.file_no = f.file_no
    WHERE (m.joined_on IS NULL OR EXTRACT(YEAR FROM m.joined_on) <= f.year)
        AND (m.left_on IS NULL OR EXTRACT(YEAR FROM m.left_on) >= f.year)
        AND (
            m.relation IN ('self', 'spouse')
            OR (
                m.relation = 'child'
                AND CASE
                    WHEN LENGTH(m.id_number) = 18 THEN SUBSTR(m.id_number, 7, 8)
                    WHEN LENGTH(m.id_number) = 15 THEN CONCAT('19', SUBSTR(m.id_number, 7, 6))
                END > CONCAT(CAST(f.year - 18 AS VARCHAR), '0101')
            )
        )
)
SELECT
    year,
    file_key,
    person_key,
    MIN(CASE
        WHEN LENGTH(id_number) = 15 THEN CONCAT(SUBSTR(id_number, 1, 6), '19', SUBSTR(id_number, 7, 9))
        ELSE SUBSTR(id_number, 1, 17)
    END) AS id17
FROM persons
WHERE person_key IS NOT NULL
GROUP BY year, file_key, person_key
ORDER BY year, file_key, person_key
