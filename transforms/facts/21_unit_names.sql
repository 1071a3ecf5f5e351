-- What a unit is called in files: its code, its full name, the name without 总工会, and the federation's own by-names.
-- Grain: one row per name; a name that means two units means none.
-- Reads: facts.units, policy.terms (purpose own_unit).
WITH spoken AS (
    SELECT unit_code, unit_code AS name FROM facts.units
    UNION
    SELECT unit_code, unit_name FROM facts.units
    UNION
    SELECT unit_code, SUBSTR(unit_name, 1, LENGTH(unit_name) - 3) FROM facts.units WHERE unit_name LIKE '%总工会'
    UNION
    SELECT u.unit_code, t.term
    FROM facts.units AS u
    INNER JOIN policy.terms AS t ON t.purpose = 'own_unit'
    WHERE u.is_own
    UNION
    SELECT u.unit_code, CONCAT(u.unit_name, t.term)
    FROM facts.units AS u
    INNER JOIN policy.terms AS t ON t.purpose = 'own_unit'
    WHERE u.is_own
)
SELECT name, MIN(unit_code) AS unit_code
FROM spoken
WHERE name IS NOT NULL AND name <> ''
GROUP BY name
HAVING COUNT(DISTINCT unit_code) = 1
ORDER BY name
