-- One entry that is all lines of one day: a list that the bank paid to each person, booked as one sum.
-- Grain: one row per item, as in by_voucher; of those that no stronger evidence has used. All open lines of an
-- account and day that move it the same way, two or more; else those of them that matching calls the same (fees apart
-- from payments); never a choice among them. The nearest entry within the window that no other such day is nearer to.
-- Reads: booked.items, booked.by_voucher, booked.same_day, booked.in_order, booked.nearest, booked.reversals,
-- booked.voucher_sums, booked.windows.
WITH used AS (
    SELECT side, item_id FROM booked.by_voucher
    UNION ALL SELECT side, item_id FROM booked.same_day
    UNION ALL SELECT side, item_id FROM booked.in_order
    UNION ALL SELECT side, item_id FROM booked.nearest
    UNION ALL SELECT side, item_id FROM booked.reversals
    UNION ALL SELECT side, item_id FROM booked.voucher_sums
),
open_items AS (
    SELECT i.*, SIGN(i.move_yuan) AS sense
    FROM booked.items AS i
    WHERE i.move_yuan <> 0
        AND NOT EXISTS (SELECT 1 FROM used AS u WHERE u.side = i.side AND u.item_id = i.item_id)
),
members AS ( -- each line in the group of its whole day, and in that of its kind
    SELECT account_key, item_on, sense, '' AS day_part, item_id, move_yuan FROM open_items WHERE side = 'bank'
    UNION ALL
    SELECT account_key, item_on, sense, day_part, item_id, move_yuan FROM open_items WHERE side = 'bank'
),
days AS (
    SELECT
        account_key, item_on, sense, day_part, SUM(move_yuan) AS move_yuan,
        CASE WHEN day_part = '' THEN 1 ELSE 2 END AS part_rank,
        SUBSTR(SHA256(CONCAT_WS('|', account_key, CAST(item_on AS VARCHAR), CAST(sense AS VARCHAR), day_part)), 1, 16)
            AS link_id
    FROM members
    GROUP BY account_key, item_on, sense, day_part
    HAVING COUNT(*) > 1
),
candidates AS (
    SELECT
        d.link_id, d.account_key, d.item_on, d.sense, d.part_rank, e.item_id AS entry_id,
        ROW_NUMBER() OVER (
            PARTITION BY d.link_id ORDER BY ABS(date_diff('day', d.item_on, e.item_on)), e.item_on, e.item_id
        ) AS day_choice,
        ROW_NUMBER() OVER (
            PARTITION BY e.item_id
            ORDER BY ABS(date_diff('day', d.item_on, e.item_on)), d.part_rank, d.item_on, d.link_id
        ) AS entry_choice
    FROM days AS d
    CROSS JOIN booked.windows AS w
    INNER JOIN open_items AS e
        ON e.side = 'books' AND e.account_key = d.account_key AND e.move_yuan = d.move_yuan
        AND ABS(date_diff('day', d.item_on, e.item_on)) <= w.journal_days
),
best AS (
    SELECT link_id, account_key, item_on, sense, part_rank, entry_id
    FROM candidates
    WHERE day_choice = 1 AND entry_choice = 1
),
found AS ( -- the whole day goes before its parts
    SELECT b.link_id, b.entry_id
    FROM best AS b
    WHERE b.part_rank = 1 OR NOT EXISTS (
        SELECT 1 FROM best AS o
        WHERE o.part_rank = 1 AND o.account_key = b.account_key AND o.item_on = b.item_on AND o.sense = b.sense
    )
)
SELECT f.link_id, 'day_sum' AS rule, 'books' AS side, f.entry_id AS item_id FROM found AS f
UNION ALL
SELECT f.link_id, 'day_sum', 'bank', m.item_id
FROM found AS f
INNER JOIN days AS d ON d.link_id = f.link_id
INNER JOIN members AS m
    ON m.account_key = d.account_key AND m.item_on = d.item_on AND m.sense = d.sense AND m.day_part = d.day_part
ORDER BY link_id, side, item_id
