-- Case files that are open on the same day as an earlier one of the same 本人 (same_head), or as one in which a 本人 is 配偶 or
-- 未成年子女 of the other (spouse, child). A file is open [opened_on, closed_on), over all units of the city; several periods of
-- one 档案编号 are one file.
-- Grain: one row per case file that is the later of such a pair, by the strongest and earliest pair; a file whose 本人 has no
-- sound ID number is in no pair. row_id: the later file's period that overlaps first. overlaps_on: the first common day.
-- Reads: facts.households, facts.members, facts.id_faults.
WITH periods AS (
    SELECT
        h.row_id, h.unit_code, h.file_no, h.person_key, h.opened_on, COALESCE(h.closed_on, DATE '9999-12-31') AS closed_on,
        MIN(h.opened_on) OVER (PARTITION BY h.unit_code, h.file_no) AS first_opened_on
    FROM facts.households AS h
    LEFT JOIN facts.id_faults AS f ON f.row_id = h.row_id
    WHERE f.row_id IS NULL AND h.person_key IS NOT NULL
        AND h.opened_on < COALESCE(h.closed_on, DATE '9999-12-31')
),
members AS (
    SELECT m.unit_code, m.file_no, m.person_key, m.relation, m.joined_on, m.left_on,
        CASE
            WHEN LENGTH(m.id_number) = 18 THEN SUBSTR(m.id_number, 7, 8)
            WHEN LENGTH(m.id_number) = 15 THEN CONCAT('19', SUBSTR(m.id_number, 7, 6))
        END AS birth_text
    FROM facts.members AS m
    LEFT JOIN facts.id_faults AS f ON f.row_id = m.row_id
    WHERE f.row_id IS NULL AND m.relation IN ('spouse', 'child')
),
pairs AS ( -- a: a file of the person himself; b: the other file
    SELECT 'same_head' AS tie, a.unit_code, a.file_no, b.unit_code AS other_unit_code, b.file_no AS other_file_no,
        a.row_id, b.row_id AS other_row_id, a.first_opened_on, b.first_opened_on AS other_first_opened_on,
        GREATEST(a.opened_on, b.opened_on) AS overlaps_on
    FROM periods AS a
    INNER JOIN periods AS b
        ON b.person_key = a.person_key AND CONCAT(b.unit_code, '|', b.file_no) <> CONCAT(a.unit_code, '|', a.file_no)
        AND a.opened_on < b.closed_on AND b.opened_on < a.closed_on
    UNION ALL
    SELECT m.relation, a.unit_code, a.file_no, b.unit_code, b.file_no,
        a.row_id, b.row_id, a.first_opened_on, b.first_opened_on,
        GREATEST(a.opened_on, b.opened_on, COALESCE(m.joined_on, a.opened_on))
    FROM periods AS a
    INNER JOIN members AS m ON m.person_key = a.person_key
    INNER JOIN periods AS b
        ON b.unit_code = m.unit_code AND b.file_no = m.file_no AND b.person_key <> a.person_key
        AND a.opened_on < b.closed_on AND b.opened_on < a.closed_on
        AND COALESCE(m.joined_on, a.opened_on) < LEAST(a.closed_on, b.closed_on)
        AND (m.left_on IS NULL OR GREATEST(a.opened_on, b.opened_on) < m.left_on)
    WHERE m.relation = 'spouse'
        OR m.birth_text > STRFTIME(CAST(GREATEST(a.opened_on, b.opened_on, COALESCE(m.joined_on, a.opened_on))
            - INTERVAL '18' YEAR AS DATE), '%Y%m%d')
),
sides AS ( -- the later file of each pair has the finding
    SELECT tie, unit_code, file_no, row_id, first_opened_on, other_unit_code, other_file_no, other_first_opened_on,
        overlaps_on
    FROM pairs
    UNION
    SELECT tie, other_unit_code, other_file_no, other_row_id, other_first_opened_on, unit_code, file_no,
        first_opened_on, overlaps_on
    FROM pairs
),
ranked AS (
    SELECT
        s.*,
        ROW_NUMBER() OVER (
            PARTITION BY s.unit_code, s.file_no
            ORDER BY
                CASE WHEN s.tie = 'same_head' THEN 0 ELSE 1 END, s.overlaps_on, s.other_first_opened_on, s.other_unit_code,
                s.other_file_no, s.tie DESC, s.row_id
        ) AS choice
    FROM sides AS s
    WHERE s.other_first_opened_on < s.first_opened_on
        OR (
            s.other_first_opened_on = s.first_opened_on
            AND CONCAT(s.other_unit_code, '|', s.other_file_no) < CONCAT(s.unit_code, '|', s.file_no)
        )
)
SELECT tie, unit_code, file_no, row_id, other_unit_code, other_file_no, other_first_opened_on, overlaps_on
FROM ranked
WHERE choice = 1
ORDER BY unit_code, file_no
