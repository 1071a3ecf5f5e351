-- 困难职工档案
-- Grain: one row per case file and period (建档日期). The household is that of the latest year that knows the person; a
-- person in no household is one.
-- Reads: facts.households, matched.household_members.
WITH latest AS (
    SELECT
        person_key, household_id,
        ROW_NUMBER() OVER (PARTITION BY person_key ORDER BY year DESC, household_id) AS year_rank
    FROM matched.household_members
)
SELECT
    h.city_code,
    COALESCE(l.household_id, h.person_key) AS household_id,
    h.file_no, h.unit_code, h.beneficiary_class, h.file_level, h.member_count, h.opened_on, h.closed_on
FROM facts.households AS h
LEFT JOIN latest AS l ON l.person_key = h.person_key AND l.year_rank = 1
ORDER BY h.city_code, h.file_no, h.opened_on, h.unit_code
