-- Persons of case files of whom nothing can be said yet: their row waits for its unit, is held, could not be understood, or
-- states an ID number that is missing or cannot be right. Its own finding tells it; what follows is not judged.
-- Grain: one row per person (key or name). unit_code: where the name alone counts; NULL: in the whole city. A member whose ID
-- number nobody was asked for is known by name in the unit of the file only.
-- Reads: validated.households, validated.members, facts.refused, facts.conflicts, facts.duplicates, facts.unknown_units,
-- facts.id_faults, facts.members.
WITH in_doubt AS (
    SELECT row_id FROM facts.refused WHERE kind IN ('households', 'members')
    UNION
    SELECT row_id FROM facts.conflicts WHERE kind IN ('households', 'members')
    UNION
    SELECT row_id FROM facts.duplicates WHERE kind IN ('households', 'members') AND NOT is_identical
    UNION
    SELECT row_id FROM facts.unknown_units WHERE kind IN ('households', 'members')
    UNION
    SELECT row_id FROM facts.id_faults WHERE kind IN ('households', 'members')
)
SELECT CAST(NULL AS VARCHAR) AS unit_code, h.person_key, REPLACE(h.name, ' ', '') AS person_name
FROM validated.households AS h
INNER JOIN in_doubt AS d ON d.row_id = h.row_id
UNION
SELECT CAST(NULL AS VARCHAR), m.person_key, REPLACE(m.name, ' ', '')
FROM validated.members AS m
INNER JOIN in_doubt AS d ON d.row_id = m.row_id
UNION
SELECT m.unit_code, m.person_key, REPLACE(m.name, ' ', '')
FROM facts.members AS m
WHERE m.person_key IS NULL
ORDER BY unit_code, person_key, person_name
