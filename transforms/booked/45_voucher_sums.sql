-- One voucher with several entries on an account, which together are one bank line.
-- Grain: one row per item, as in by_voucher; of those that no stronger evidence has used. All entries of the voucher
-- that are still open and move the account the same way, two or more; never a choice among them. The nearest line
-- within the window that no other such voucher is nearer to.
-- Reads: booked.items, booked.by_voucher, booked.same_day, booked.in_order, booked.nearest, booked.reversals,
-- booked.windows.
WITH used AS (
    SELECT side, item_id FROM booked.by_voucher
    UNION ALL SELECT side, item_id FROM booked.same_day
    UNION ALL SELECT side, item_id FROM booked.in_order
    UNION ALL SELECT side, item_id FROM booked.nearest
    UNION ALL SELECT side, item_id FROM booked.reversals
),
open_items AS (
    SELECT i.*, SIGN(i.move_yuan) AS sense
    FROM booked.items AS i
    WHERE i.move_yuan <> 0
        AND NOT EXISTS (SELECT 1 FROM used AS u WHERE u.side = i.side AND u.item_id = i.item_id)
),
vouchers AS (
    SELECT
        account_key, voucher_key, sense, MIN(item_on) AS item_on, SUM(move_yuan) AS move_yuan,
        SUBSTR(SHA256(CONCAT_WS('|', account_key, voucher_key, CAST(sense AS VARCHAR))), 1, 16) AS link_id
    FROM open_items
    WHERE side = 'books'
    GROUP BY account_key, voucher_key, sense
    HAVING COUNT(*) > 1
),
candidates AS (
    SELECT
        v.link_id, l.item_id AS bank_line_id,
        ROW_NUMBER() OVER (
            PARTITION BY v.link_id ORDER BY ABS(date_diff('day', v.item_on, l.item_on)), l.item_on, l.item_id
        ) AS voucher_choice,
        ROW_NUMBER() OVER (
            PARTITION BY l.item_id ORDER BY ABS(date_diff('day', v.item_on, l.item_on)), v.item_on, v.link_id
        ) AS line_choice
    FROM vouchers AS v
    CROSS JOIN booked.windows AS w
    INNER JOIN open_items AS l
        ON l.side = 'bank' AND l.account_key = v.account_key AND l.move_yuan = v.move_yuan
        AND ABS(date_diff('day', v.item_on, l.item_on)) <= w.journal_days
),
found AS (
    SELECT link_id, bank_line_id FROM candidates WHERE voucher_choice = 1 AND line_choice = 1
)
SELECT f.link_id, 'voucher_sum' AS rule, 'bank' AS side, f.bank_line_id AS item_id FROM found AS f
UNION ALL
SELECT f.link_id, 'voucher_sum', 'books', e.item_id
FROM found AS f
INNER JOIN vouchers AS v ON v.link_id = f.link_id
INNER JOIN open_items AS e
    ON e.side = 'books' AND e.account_key = v.account_key AND e.voucher_key = v.voucher_key AND e.sense = v.sense
ORDER BY link_id, side, item_id
