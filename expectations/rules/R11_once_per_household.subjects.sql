-- R11: merged visits looked at. Not judged: a visit without a date, or whose window policy does not know (除夕 of that year);
-- missing_on is then the first such date: a table that was supplied, but not for that date (exit code 12).
WITH sorted AS (
    SELECT
        unit_code,
        visited_on,
        CASE
            WHEN visited_on IS NULL THEN 'visited_on'
            WHEN window_year IS NULL THEN 'policy.new_year_eves'
            WHEN household_id IS NULL THEN 'id_number'
        END AS missing_input
    FROM matched.visits
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
