-- R11: merged visits looked at. Not judged: a visit without a date or a sound ID number, or whose window policy does not know
-- (除夕 of that year); missing_on is then the first such date: a table that was supplied, but not for that date (exit code 12).
WITH nameless AS (
    SELECT row_id FROM facts.id_faults WHERE field = 'id_number'
    UNION
    SELECT row_id FROM facts.visits WHERE person_key IS NULL AND file_no IS NULL
    UNION
    SELECT row_id FROM facts.rosters WHERE person_key IS NULL
),
sorted AS (
    SELECT
        v.unit_code,
        v.visited_on,
        CASE
            WHEN v.visited_on IS NULL THEN 'visited_on'
            WHEN v.window_year IS NULL THEN 'policy.new_year_eves'
            WHEN v.household_id IS NULL OR n.row_id IS NOT NULL THEN 'id_number'
        END AS missing_input
    FROM matched.visits AS v
    LEFT JOIN nameless AS n ON n.row_id = v.row_id
)
SELECT
    'R11' AS rule_id,
    unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count,
    COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input,
    CASE
        WHEN missing_input = 'policy.new_year_eves' AND EXISTS (SELECT 1 FROM policy.new_year_eves)
            THEN MIN(CAST(visited_on AS VARCHAR))
    END AS missing_on
FROM sorted
GROUP BY unit_code, missing_input
