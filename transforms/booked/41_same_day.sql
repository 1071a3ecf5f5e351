-- Entries and lines of one account that agree in day and amount: the n-th with the n-th.
-- Grain: one row per item, as in by_voucher; of those that no stronger evidence has used. A credit in red adds to the
-- balance as a debit does, so a 退汇 that was booked in red meets its bank credit here.
-- Reads: booked.items, booked.by_voucher.
WITH numbered AS (
    SELECT
        i.*,
        ROW_NUMBER() OVER (PARTITION BY i.side, i.account_key, i.move_yuan, i.item_on ORDER BY i.item_id) AS n
    FROM booked.items AS i
    WHERE i.move_yuan <> 0
        AND NOT EXISTS (SELECT 1 FROM booked.by_voucher AS v WHERE v.side = i.side AND v.item_id = i.item_id)
),
pairs AS (
    SELECT
        SUBSTR(SHA256(CONCAT_WS('|', e.item_id, l.item_id)), 1, 16) AS link_id, e.item_id AS entry_id,
        l.item_id AS bank_line_id
    FROM numbered AS e
    INNER JOIN numbered AS l
        ON l.side = 'bank' AND l.account_key = e.account_key AND l.move_yuan = e.move_yuan AND l.item_on = e.item_on
        AND l.n = e.n
    WHERE e.side = 'books'
)
SELECT link_id, 'same_day' AS rule, 'books' AS side, entry_id AS item_id FROM pairs
UNION ALL
SELECT link_id, 'same_day', 'bank', bank_line_id FROM pairs
ORDER BY link_id, side, item_id
