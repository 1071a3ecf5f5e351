-- S.possible_correction: visits to people and 送温暖 lines. Not judged: one without ID number or date.
WITH subjects AS (
    SELECT unit_code, person_key, visited_on AS said_on FROM facts.visits WHERE object_type IN ('person', 'household')
    UNION ALL
    SELECT unit_code, person_key, COALESCE(paid_on, planned_on)
    FROM facts.rosters
    WHERE aid_category = 'warmth_visit'
),
sorted AS (
    SELECT
        unit_code,
        CASE WHEN person_key IS NULL THEN 'id_number' WHEN said_on IS NULL THEN 'pay_on' END AS missing_input
    FROM subjects
)
SELECT
    'S.possible_correction' AS rule_id, unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count, COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM sorted
GROUP BY unit_code, missing_input
