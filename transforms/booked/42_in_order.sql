-- As many entries as lines of one amount on one account, near each other: paired by date.
-- Grain: one row per item, as in by_voucher; of those that no stronger evidence has used. A group is what lies no
-- further than the window from the one before it; its n-th entry meets its n-th line, where the two lie within the
-- window.
-- Reads: booked.items, booked.by_voucher, booked.same_day, booked.windows.
WITH used AS (
    SELECT side, item_id FROM booked.by_voucher
    UNION ALL SELECT side, item_id FROM booked.same_day
),
open_items AS (
    SELECT
        i.*,
        LAG(i.item_on) OVER (
            PARTITION BY i.account_key, i.move_yuan ORDER BY i.item_on, i.side, i.item_id
        ) AS previous_on
    FROM booked.items AS i
    WHERE i.move_yuan <> 0
        AND NOT EXISTS (SELECT 1 FROM used AS u WHERE u.side = i.side AND u.item_id = i.item_id)
),
grouped AS (
    SELECT
        o.*,
        SUM(CASE WHEN date_diff('day', o.previous_on, o.item_on) <= w.journal_days THEN 0 ELSE 1 END) OVER (
            PARTITION BY o.account_key, o.move_yuan ORDER BY o.item_on, o.side, o.item_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS group_no
    FROM open_items AS o
    CROSS JOIN booked.windows AS w
),
numbered AS (
    SELECT
        g.*,
        ROW_NUMBER() OVER (
            PARTITION BY g.account_key, g.move_yuan, g.group_no, g.side ORDER BY g.item_on, g.item_id
        ) AS n,
        SUM(CASE WHEN g.side = 'books' THEN 1 ELSE -1 END) OVER (
            PARTITION BY g.account_key, g.move_yuan, g.group_no
        ) AS surplus
    FROM grouped AS g
),
pairs AS (
    SELECT
        SUBSTR(SHA256(CONCAT_WS('|', e.item_id, l.item_id)), 1, 16) AS link_id, e.item_id AS entry_id,
        l.item_id AS bank_line_id
    FROM numbered AS e
    CROSS JOIN booked.windows AS w
    INNER JOIN numbered AS l
        ON l.side = 'bank' AND l.account_key = e.account_key AND l.move_yuan = e.move_yuan AND l.group_no = e.group_no
        AND l.n = e.n AND ABS(date_diff('day', e.item_on, l.item_on)) <= w.journal_days
    WHERE e.side = 'books' AND e.surplus = 0
)
SELECT link_id, 'in_order' AS rule, 'books' AS side, entry_id AS item_id FROM pairs
UNION ALL
SELECT link_id, 'in_order', 'bank', bank_line_id FROM pairs
ORDER BY link_id, side, item_id
