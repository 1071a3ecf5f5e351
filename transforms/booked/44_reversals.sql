-- Red entries that take back an entry of their own side: both fall away, nothing at the other side answers them.
-- Grain: one row per item, as in by_voucher; of those that no stronger evidence has used. A red entry and the nearest
-- one before it, on the same account and side (debit with debit, credit with credit), of the same amount. A red entry
-- that the other side answers is no reversal but a return: the passes before this one have it. The bank's own
-- corrections, which matching knows by their words, fall away in the same way.
-- Reads: matched.bank_corrections, booked.items, booked.by_voucher, booked.same_day, booked.in_order, booked.nearest.
WITH used AS (
    SELECT side, item_id FROM booked.by_voucher
    UNION ALL SELECT side, item_id FROM booked.same_day
    UNION ALL SELECT side, item_id FROM booked.in_order
    UNION ALL SELECT side, item_id FROM booked.nearest
),
open_items AS (
    SELECT i.*
    FROM booked.items AS i
    WHERE i.amount_yuan <> 0
        AND NOT EXISTS (SELECT 1 FROM used AS u WHERE u.side = i.side AND u.item_id = i.item_id)
),
corrections AS (
    SELECT c.bank_line_id, c.corrected_line_id
    FROM matched.bank_corrections AS c
    INNER JOIN open_items AS r ON r.side = 'bank' AND r.item_id = c.bank_line_id
    INNER JOIN open_items AS b ON b.side = 'bank' AND b.item_id = c.corrected_line_id AND b.move_yuan = -r.move_yuan
),
candidates AS (
    SELECT
        r.side, r.item_id AS red_id, b.item_id AS black_id,
        ROW_NUMBER() OVER (PARTITION BY r.item_id ORDER BY b.item_on DESC, b.item_id) AS red_choice,
        ROW_NUMBER() OVER (PARTITION BY b.item_id ORDER BY r.item_on, r.item_id) AS black_choice
    FROM open_items AS r
    INNER JOIN open_items AS b
        ON b.side = r.side AND b.account_key = r.account_key AND b.direction = r.direction
        AND b.amount_yuan = -r.amount_yuan AND b.item_on <= r.item_on
    WHERE r.is_red AND NOT EXISTS (
        SELECT 1 FROM corrections AS c
        WHERE c.bank_line_id IN (r.item_id, b.item_id) OR c.corrected_line_id IN (r.item_id, b.item_id)
    )
),
pairs AS (
    SELECT side, red_id, black_id, SUBSTR(SHA256(CONCAT_WS('|', black_id, red_id)), 1, 16) AS link_id
    FROM candidates
    WHERE red_choice = 1 AND black_choice = 1
    UNION ALL
    SELECT
        'bank', bank_line_id, corrected_line_id, SUBSTR(SHA256(CONCAT_WS('|', corrected_line_id, bank_line_id)), 1, 16)
    FROM corrections
)
SELECT link_id, 'reversal' AS rule, side, black_id AS item_id FROM pairs
UNION ALL
SELECT link_id, 'reversal', side, red_id FROM pairs
ORDER BY link_id, side, item_id
