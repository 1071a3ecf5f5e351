-- Where entries and lines of one amount are not equally many: those that are nearest to each other, from both sides.
-- Grain: one row per item, as in by_voucher; of those that no stronger evidence has used. Equals of one day count as first,
-- second, …. Of what is left then, each meets the next open one of the other side: going by date, a book entry is a step
-- up and a bank line a step down, and who steps over a level meets who steps back over it. Both within the window.
-- Reads: booked.items, booked.by_voucher, booked.same_day, booked.in_order, booked.windows.
WITH used AS (
    SELECT side, item_id FROM booked.by_voucher
    UNION ALL SELECT side, item_id FROM booked.same_day
    UNION ALL SELECT side, item_id FROM booked.in_order
),
open_items AS (
    SELECT
        i.side, i.item_id, i.account_key, i.move_yuan, i.item_on,
        ROW_NUMBER() OVER (PARTITION BY i.side, i.account_key, i.move_yuan, i.item_on ORDER BY i.item_id) AS n
    FROM booked.items AS i
    WHERE i.move_yuan <> 0
        AND NOT EXISTS (SELECT 1 FROM used AS u WHERE u.side = i.side AND u.item_id = i.item_id)
),
candidates AS (
    SELECT
        e.item_id AS entry_id, l.item_id AS bank_line_id,
        ROW_NUMBER() OVER (
            PARTITION BY e.item_id ORDER BY ABS(date_diff('day', e.item_on, l.item_on)), l.item_on, l.item_id
        ) AS entry_choice,
        ROW_NUMBER() OVER (
            PARTITION BY l.item_id ORDER BY ABS(date_diff('day', e.item_on, l.item_on)), e.item_on, e.item_id
        ) AS line_choice
    FROM open_items AS e
    CROSS JOIN booked.windows AS w
    INNER JOIN open_items AS l
        ON l.side = 'bank' AND l.account_key = e.account_key AND l.move_yuan = e.move_yuan AND l.n = e.n
        AND ABS(date_diff('day', e.item_on, l.item_on)) <= w.journal_days
    WHERE e.side = 'books'
),
nearest_pairs AS (
    SELECT entry_id, bank_line_id FROM candidates WHERE entry_choice = 1 AND line_choice = 1
),
taken AS (
    SELECT 'books' AS side, entry_id AS item_id FROM nearest_pairs
    UNION ALL SELECT 'bank', bank_line_id FROM nearest_pairs
),
walked AS (
    SELECT
        i.*,
        SUM(CASE WHEN i.side = 'books' THEN 1 ELSE -1 END) OVER (
            PARTITION BY i.account_key, i.move_yuan ORDER BY i.item_on, i.side, i.item_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS height
    FROM open_items AS i
    WHERE NOT EXISTS (SELECT 1 FROM taken AS t WHERE t.side = i.side AND t.item_id = i.item_id)
),
levels AS ( -- between which two heights it steps, and who stepped there before
    SELECT
        k.*, CASE WHEN k.side = 'books' THEN k.height - 1 ELSE k.height END AS level,
        LAG(k.item_on) OVER (
            PARTITION BY k.account_key, k.move_yuan, CASE WHEN k.side = 'books' THEN k.height - 1 ELSE k.height END
            ORDER BY k.item_on, k.side, k.item_id
        ) AS previous_on
    FROM walked AS k
),
runs AS ( -- who stepped there too long ago is met by nobody
    SELECT
        v.*,
        SUM(CASE WHEN date_diff('day', v.previous_on, v.item_on) <= w.journal_days THEN 0 ELSE 1 END) OVER (
            PARTITION BY v.account_key, v.move_yuan, v.level ORDER BY v.item_on, v.side, v.item_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_no
    FROM levels AS v
    CROSS JOIN booked.windows AS w
),
steps AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (
            PARTITION BY r.account_key, r.move_yuan, r.level, r.run_no ORDER BY r.item_on, r.side, r.item_id
        ) AS step_no
    FROM runs AS r
),
pairs AS (
    SELECT entry_id, bank_line_id FROM nearest_pairs
    UNION ALL
    SELECT
        CASE WHEN a.side = 'books' THEN a.item_id ELSE b.item_id END,
        CASE WHEN a.side = 'bank' THEN a.item_id ELSE b.item_id END
    FROM steps AS a
    INNER JOIN steps AS b
        ON b.account_key = a.account_key AND b.move_yuan = a.move_yuan AND b.level = a.level AND b.run_no = a.run_no
        AND b.step_no = a.step_no + 1
    WHERE a.step_no % 2 = 1
),
linked AS (
    SELECT SUBSTR(SHA256(CONCAT_WS('|', entry_id, bank_line_id)), 1, 16) AS link_id, entry_id, bank_line_id FROM pairs
)
SELECT link_id, 'nearest' AS rule, 'books' AS side, entry_id AS item_id FROM linked
UNION ALL
SELECT link_id, 'nearest', 'bank', bank_line_id FROM linked
ORDER BY link_id, side, item_id
