-- R11 一户一次: each visit after a household's first in a window, over the city and all its units, whatever the source.
-- The first by date, unit and visit id stands. A later one after a visit of its own campaign group is .same_group and names
-- the first of that group; after one of another group only, .other_group. Both are published as R11.
-- Windows of two groups are compared by their year (the season's 春节, the budget year). A visit without date or window is
-- outside, and so is one whose household is not known because its row has no sound ID number (see .subjects.sql).
-- Reads: matched.visits, facts.rosters, facts.visits, facts.id_faults, facts.units, policy.labels.
WITH nameless AS (
    SELECT row_id FROM facts.id_faults WHERE field = 'id_number'
    UNION
    SELECT row_id FROM facts.visits WHERE person_key IS NULL AND file_no IS NULL
    UNION
    SELECT row_id FROM facts.rosters WHERE person_key IS NULL
),
dated AS (
    SELECT v.*
    FROM matched.visits AS v
    LEFT JOIN nameless AS n ON n.row_id = v.row_id
    WHERE v.household_id IS NOT NULL AND v.window_year IS NOT NULL AND v.visited_on IS NOT NULL AND n.row_id IS NULL
),
numbered AS (
    SELECT
        d.*,
        ROW_NUMBER() OVER (
            PARTITION BY household_id, window_year ORDER BY visited_on, unit_code, visit_id
        ) AS window_rank,
        ROW_NUMBER() OVER (
            PARTITION BY household_id, window_year, campaign_group ORDER BY visited_on, unit_code, visit_id
        ) AS group_rank
    FROM dated AS d
),
repeats AS (
    SELECT
        CASE WHEN l.group_rank > 1 THEN 'R11.same_group' ELSE 'R11.other_group' END AS rule_id,
        l.visit_id, l.row_id, l.unit_code, l.person_name, l.visited_on,
        f.unit_code AS first_unit_code,
        f.visited_on AS first_visited_on,
        f.amount_yuan AS first_amount_yuan,
        f.fund_source AS first_fund_source
    FROM numbered AS l
    INNER JOIN numbered AS f
        ON f.household_id = l.household_id AND f.window_year = l.window_year
        AND CASE
            WHEN l.group_rank > 1 THEN f.campaign_group = l.campaign_group AND f.group_rank = 1
            ELSE f.window_rank = 1
        END
    WHERE l.window_rank > 1
),
source_labels AS (
    SELECT code, MIN(label_zh) AS label_zh
    FROM policy.labels
    WHERE domain = 'fund_source' AND document_set = 'default'
    GROUP BY code
)
SELECT
    r.rule_id,
    r.unit_code,
    CASE WHEN s.row_id IS NULL THEN 'visits' ELSE 'rosters' END AS kind,
    r.row_id,
    CAST(NULL AS VARCHAR) AS field,
    r.person_name AS value_text,
    r.visit_id AS subject_key,
    s.batch_no,
    s.notice_no,
    CAST(r.first_visited_on AS VARCHAR) AS arg1,
    COALESCE(u.unit_name, r.first_unit_code) AS arg2,
    CAST(r.first_amount_yuan AS VARCHAR) AS arg3,
    COALESCE(n.label_zh, r.first_fund_source) AS arg4,
    CAST(r.visited_on AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM repeats AS r
LEFT JOIN facts.rosters AS s ON s.row_id = r.row_id
LEFT JOIN facts.units AS u ON u.unit_code = r.first_unit_code
LEFT JOIN source_labels AS n ON n.code = r.first_fund_source
