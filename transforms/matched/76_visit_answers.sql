-- Which roster line answers which row of the visit register, one to one.
-- Grain: one row per answered register row. Same unit and person (else household); the same 批次号 where the register
-- states one, else the same source and near in time; living payments before void ones, then the nearest first: who stands
-- nearest to each other is paired, then once more among those who are left.
-- Reads: matched.visit_events, matched.windows.
WITH candidates AS (
    SELECT
        r.event_id AS register_id, l.event_id AS line_id, l.is_void, r.event_on AS visited_on, l.event_on AS paid_on,
        CASE WHEN l.person_key = r.person_key THEN 0 ELSE 1 END AS not_same_person,
        ABS(DATE_DIFF('day', COALESCE(r.event_on, l.event_on), COALESCE(l.event_on, r.event_on))) AS days_apart
    FROM matched.visit_events AS r
    INNER JOIN matched.visit_events AS l
        ON NOT l.is_register AND l.unit_code = r.unit_code
        AND (l.person_key = r.person_key OR l.household_id = r.household_id)
        AND (
            l.batch_no = r.batch_no
            OR (
                r.batch_no IS NULL AND l.figure_source = r.figure_source
                AND ABS(DATE_DIFF('day', r.event_on, l.event_on)) <= (SELECT w.visit_days FROM matched.windows AS w)
            )
        )
    WHERE r.is_register
),
ranked AS (
    SELECT
        c.*,
        RANK() OVER (PARTITION BY c.register_id ORDER BY c.is_void, c.not_same_person, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.line_id ORDER BY c.is_void, c.not_same_person, c.days_apart) AS register_rank
    FROM candidates AS c
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.register_id ORDER BY r.paid_on, r.line_id) AS line_no,
        ROW_NUMBER() OVER (PARTITION BY r.line_id ORDER BY r.visited_on, r.register_id) AS register_no
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.register_rank = 1
),
nearest AS (
    SELECT register_id, line_id, is_void FROM mutual WHERE line_no = register_no
),
ranked_again AS (
    SELECT
        c.*,
        RANK() OVER (PARTITION BY c.register_id ORDER BY c.is_void, c.not_same_person, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.line_id ORDER BY c.is_void, c.not_same_person, c.days_apart) AS register_rank
    FROM candidates AS c
    WHERE c.register_id NOT IN (SELECT n.register_id FROM nearest AS n)
        AND c.line_id NOT IN (SELECT n.line_id FROM nearest AS n)
),
mutual_again AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.register_id ORDER BY r.paid_on, r.line_id) AS line_no,
        ROW_NUMBER() OVER (PARTITION BY r.line_id ORDER BY r.visited_on, r.register_id) AS register_no
    FROM ranked_again AS r
    WHERE r.line_rank = 1 AND r.register_rank = 1
)
SELECT register_id, line_id, is_void FROM nearest
UNION ALL
SELECT register_id, line_id, is_void FROM mutual_again WHERE line_no = register_no
ORDER BY register_id
