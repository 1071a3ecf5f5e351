-- What answers what, by all passes together.
-- Grain: one row per item that is answered, once. settled_on: the day on which all of the link is there on both sides;
-- until then each of its items is open.
-- Reads: booked.items, booked.by_voucher, booked.same_day, booked.in_order, booked.nearest, booked.reversals,
-- booked.voucher_sums, booked.day_sums.
WITH links AS (
    SELECT * FROM booked.by_voucher
    UNION ALL SELECT * FROM booked.same_day
    UNION ALL SELECT * FROM booked.in_order
    UNION ALL SELECT * FROM booked.nearest
    UNION ALL SELECT * FROM booked.reversals
    UNION ALL SELECT * FROM booked.voucher_sums
    UNION ALL SELECT * FROM booked.day_sums
)
SELECT
    i.city_code, l.link_id, l.rule, l.side, l.item_id,
    MAX(i.falls_on) OVER (PARTITION BY l.rule, l.link_id) AS settled_on
FROM links AS l
INNER JOIN booked.items AS i ON i.side = l.side AND i.item_id = l.item_id
ORDER BY l.rule, l.link_id, l.side, l.item_id
