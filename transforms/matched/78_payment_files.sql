-- The case files that a payment may rest on: those that name the person, the student or one of the household, wherever in
-- the city they are kept, and the one whose 档案编号 the line states.
-- Grain: one row per payment and case file, with the days on which the file is open.
-- Reads: matched.payments, matched.case_people, matched.household_members.
WITH people AS (
    SELECT payment_id, person_key FROM matched.payments WHERE person_key IS NOT NULL
    UNION
    SELECT payment_id, student_key FROM matched.payments WHERE student_key IS NOT NULL
    UNION
    SELECT p.payment_id, m.person_key
    FROM matched.payments AS p
    INNER JOIN matched.household_members AS m
        ON m.household_id = p.household_id
        AND m.year = COALESCE(p.budget_year, CAST(EXTRACT(YEAR FROM p.pay_on) AS INTEGER))
),
named AS (
    SELECT q.payment_id, c.unit_code, c.file_no
    FROM people AS q
    INNER JOIN matched.case_people AS c ON c.person_key = q.person_key
    UNION
    SELECT p.payment_id, c.unit_code, c.file_no
    FROM matched.payments AS p
    INNER JOIN matched.case_people AS c ON c.unit_code = p.unit_code AND c.file_no = p.file_no
)
SELECT DISTINCT n.payment_id, n.unit_code AS file_unit_code, n.file_no, c.opened_on, c.closed_on, c.grace_until_on
FROM named AS n
INNER JOIN matched.case_people AS c ON c.unit_code = n.unit_code AND c.file_no = n.file_no AND c.relation = 'self'
ORDER BY n.payment_id, file_unit_code, n.file_no
