-- Rows that say the same as a row of another file, with another ID number: the same unit, date, activity, name and amount.
-- Perhaps the later one corrects the earlier, which nothing replaces, because the ID number is part of the key.
-- Grain: one row per later row (by moment of receipt, then by its fact) and kind, with the earliest such row before it.
-- Two namesakes who both stand in case files, each under his own number, are two people.
-- Reads: facts.visits, facts.rosters, facts.current, matched.case_people.
WITH stated AS (
    SELECT
        'visits' AS kind, v.row_id, v.receipt_id, v.source_file, v.unit_code, v.fact_key, v.name_key, v.person_key,
        REPLACE(v.name, ' ', '') AS plain_name, v.visited_on AS said_on, v.campaign,
        CAST(COALESCE(v.cash_yuan, 0) + COALESCE(v.goods_yuan, 0) AS DECIMAL(18, 2)) AS amount_yuan
    FROM facts.visits AS v
    WHERE v.object_type IN ('person', 'household')
    UNION ALL
    SELECT
        'rosters', r.row_id, r.receipt_id, r.source_file, r.unit_code, r.fact_key, r.name_key, r.person_key,
        REPLACE(r.name, ' ', ''), COALESCE(r.paid_on, r.planned_on), r.campaign, r.amount_yuan
    FROM facts.rosters AS r
    WHERE r.aid_category = 'warmth_visit'
),
marked AS (
    SELECT
        s.*, c.ingest_no,
        EXISTS (
            SELECT 1 FROM matched.case_people AS p
            WHERE p.person_key = s.person_key AND p.person_name = s.plain_name
        ) AS is_on_file
    FROM stated AS s
    INNER JOIN facts.current AS c ON c.row_id = s.row_id
    WHERE s.person_key IS NOT NULL AND s.said_on IS NOT NULL
),
pairs AS (
    SELECT
        l.row_id, l.kind, l.unit_code, l.fact_key, l.plain_name, l.said_on,
        e.row_id AS other_row_id, e.source_file AS other_file,
        ROW_NUMBER() OVER (PARTITION BY l.kind, l.row_id ORDER BY e.ingest_no, e.fact_key, e.row_id) AS choice
    FROM marked AS l
    INNER JOIN marked AS e
        ON e.kind = l.kind AND e.unit_code = l.unit_code AND e.said_on = l.said_on AND e.name_key = l.name_key
        AND COALESCE(e.campaign, '') = COALESCE(l.campaign, '') AND e.amount_yuan = l.amount_yuan
        AND e.person_key <> l.person_key AND e.receipt_id <> l.receipt_id
        AND (e.ingest_no < l.ingest_no OR (e.ingest_no = l.ingest_no AND e.fact_key < l.fact_key))
    WHERE NOT (l.is_on_file AND e.is_on_file)
)
SELECT row_id, kind, unit_code, fact_key, plain_name AS person_name, said_on, other_row_id, other_file
FROM pairs
WHERE choice = 1
ORDER BY kind, row_id
