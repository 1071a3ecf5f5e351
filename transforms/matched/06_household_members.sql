-- Which household a person belongs to in a year: files that share a person are one household.
-- Grain: one row per year and person. household_id is the keyed hash of the household's smallest ID number.
-- Reads: matched.file_persons. A person in no file is a household of one (its own key), and has no row here.
WITH RECURSIVE links AS (
    SELECT DISTINCT a.year, a.file_key, b.file_key AS other_key
    FROM matched.file_persons AS a
    INNER JOIN matched.file_persons AS b ON b.year = a.year AND b.person_key = a.person_key AND b.file_key <> a.file_key
),
reached AS (
    SELECT year, file_key, file_key AS reached_key FROM links
    UNION
    SELECT r.year, r.file_key, l.other_key
    FROM reached AS r
    INNER JOIN links AS l ON l.year = r.year AND l.file_key = r.reached_key
),
roots AS (
    SELECT year, file_key, MIN(reached_key) AS root_key
    FROM reached
    GROUP BY year, file_key
),
persons AS (
    SELECT p.year, p.person_key, p.id17, COALESCE(r.root_key, p.file_key) AS root_key
    FROM matched.file_persons AS p
    LEFT JOIN roots AS r ON r.year = p.year AND r.file_key = p.file_key
),
smallest AS (
    SELECT
        year, root_key, person_key,
        ROW_NUMBER() OVER (PARTITION BY year, root_key ORDER BY id17, person_key) AS id_rank
    FROM persons
)
SELECT DISTINCT p.year, p.person_key, s.person_key AS household_id
FROM persons AS p
INNER JOIN smallest AS s ON s.year = p.year AND s.root_key = p.root_key AND s.id_rank = 1
ORDER BY p.year, p.person_key
