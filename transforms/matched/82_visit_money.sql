-- Visits for which the register states money: whether a payment list answers them.
-- Grain: one row per visit with money in the register, dated not after the day of the books.
-- missing_input: why nothing can be said: no day of the books yet, no list of the unit yet, no sound ID number in the register,
-- a list line of the same person that is held or whose ID number is not sound, or perhaps a correction of another row
-- (S.possible_correction). Each of these has a finding of its own.
-- Reads: matched.visits, matched.payments, matched.possible_corrections, facts.visits, facts.rosters, facts.id_faults, facts.as_of.
WITH unsure AS (
    SELECT p.unit_code, p.person_key, REPLACE(p.person_name, ' ', '') AS plain_name
    FROM matched.payments AS p
    LEFT JOIN facts.id_faults AS i ON i.row_id = p.row_id AND i.field = 'id_number'
    WHERE COALESCE(p.aid_category, 'warmth_visit') = 'warmth_visit'
        AND (p.status = 'held' OR p.person_key IS NULL OR i.row_id IS NOT NULL)
),
doubled AS (
    SELECT row_id FROM matched.possible_corrections WHERE kind = 'visits'
    UNION
    SELECT other_row_id FROM matched.possible_corrections WHERE kind = 'visits'
)
SELECT
    v.visit_id, v.unit_code, v.row_id, v.person_name, v.visited_on, v.campaign, v.register_yuan,
    v.payment_count > 0 AS is_paid,
    CASE
        WHEN v.payment_count > 0 THEN CAST(NULL AS VARCHAR)
        WHEN a.as_of_on IS NULL THEN 'bank_statements'
        WHEN (r.person_key IS NULL AND r.file_no IS NULL) OR EXISTS (SELECT 1 FROM facts.id_faults AS i WHERE i.row_id = v.row_id) THEN 'id_number'
        WHEN EXISTS (SELECT 1 FROM doubled AS d WHERE d.row_id = v.row_id) THEN 'possible_correction'
        WHEN EXISTS (
            SELECT 1 FROM unsure AS u
            WHERE u.unit_code = v.unit_code
                AND (u.person_key = r.person_key OR u.plain_name = REPLACE(r.name, ' ', ''))
        ) THEN 'roster_row'
        WHEN NOT EXISTS (SELECT 1 FROM facts.rosters AS l WHERE l.unit_code = v.unit_code) THEN 'rosters'
    END AS missing_input
FROM matched.visits AS v
INNER JOIN facts.visits AS r ON r.row_id = v.row_id
CROSS JOIN facts.as_of AS a
WHERE v.register_yuan > 0 AND (a.as_of_on IS NULL OR v.visited_on <= a.as_of_on)
ORDER BY v.visit_id
