-- Who decided: units and names of the two persons of each decision that stands.
-- Grain: one row per decision. A name may be written with its unit: 华容县总工会 张三, or 张三（华容县总工会）. has_two_names: of two
-- persons; 权益保障部张三 is 张三, 欧阳娜 is not 阳娜.
-- Reads: facts.said_waivers, facts.unit_names.
WITH people AS (
    SELECT row_id, 'prepared' AS part, REGEXP_REPLACE(prepared_by, '[\s　:：,，/／]', '', 'g') AS said FROM facts.said_waivers
    UNION ALL
    SELECT row_id, 'approved', REGEXP_REPLACE(approved_by, '[\s　:：,，/／]', '', 'g') FROM facts.said_waivers
),
placed AS (
    SELECT
        p.row_id, p.part, u.unit_code,
        REGEXP_REPLACE(
            CASE WHEN STARTS_WITH(p.said, u.name) THEN SUBSTRING(p.said, LENGTH(u.name) + 1) ELSE p.said END,
            '[（(].*?[）)]', '', 'g'
        ) AS person_name,
        ROW_NUMBER() OVER (
            PARTITION BY p.row_id, p.part ORDER BY INSTR(p.said, u.name) NULLS LAST, LENGTH(u.name) DESC, u.name
        ) AS nth
    FROM people AS p
    LEFT JOIN facts.unit_names AS u ON CONTAINS(p.said, u.name)
),
named AS (
    SELECT
        row_id,
        MAX(CASE WHEN part = 'prepared' THEN unit_code END) AS prepared_unit_code,
        MAX(CASE WHEN part = 'prepared' THEN person_name END) AS prepared_name,
        MAX(CASE WHEN part = 'approved' THEN unit_code END) AS approved_unit_code,
        MAX(CASE WHEN part = 'approved' THEN person_name END) AS approved_name
    FROM placed
    WHERE nth = 1
    GROUP BY row_id
)
SELECT
    row_id, prepared_unit_code, prepared_name, approved_unit_code, approved_name,
    prepared_name <> '' AND approved_name <> '' AND (
        ABS(LENGTH(prepared_name) - LENGTH(approved_name)) = 1
        OR NOT (ENDS_WITH(prepared_name, approved_name) OR ENDS_WITH(approved_name, prepared_name))
    ) AS has_two_names
FROM named
ORDER BY row_id
