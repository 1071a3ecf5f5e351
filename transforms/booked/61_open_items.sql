-- 未达账项: what stands on one side and is not answered on the other.
-- Grain: one row per item that is open on some day. It is open from falls_on until settled_on, the first day on which
-- it no longer is (NULL: it still is). An unanswered item from before the account's start is not known to be open:
-- what answered it may not have been received.
-- Reads: booked.items, booked.links, booked.accounts.
SELECT
    i.city_code, i.unit_code, i.account_key, i.side, i.item_id, i.item_on, i.falls_on, l.settled_on, i.direction,
    i.amount_yuan, i.move_yuan, i.number_text, i.told
FROM booked.items AS i
INNER JOIN booked.accounts AS a ON a.account_key = i.account_key
LEFT JOIN booked.links AS l ON l.side = i.side AND l.item_id = i.item_id
WHERE l.settled_on > i.falls_on OR (l.item_id IS NULL AND i.falls_on >= COALESCE(a.start_on, i.falls_on))
ORDER BY i.account_key, i.side, i.falls_on, i.item_id
