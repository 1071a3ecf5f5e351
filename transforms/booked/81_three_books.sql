-- 账账核对: what a unit was given, what its books call expense, and what reached persons, from 1 January to a month's
-- end.
-- Grain: one row per unit that has books, source (NULL: the books do not say) and month end. allotted_yuan: 拨付数 of
-- the year's dates; booked_yuan: 账面支出数; paid_yuan: 发放到人数, payments less returns by the bank's day. unspent_yuan =
-- allotted − paid. differing_yuan = booked − paid = booked_first_yuan (booked, its bank entry not yet answered) − paid_first_yuan
-- (paid, the bank line not yet in the books) + rest_yuan (anything else: to be looked at).
-- Reads: booked.entries, booked.aid_entries, booked.links, matched.allotted, matched.execution_events.
WITH units AS (
    SELECT DISTINCT unit_code FROM booked.entries
),
events AS (
    SELECT city_code, unit_code, figure_source, falls_on, settled_on, amount_yuan, 'booked' AS book, has_bank_entry
    FROM booked.aid_entries
    UNION ALL
    SELECT city_code, unit_code, fund_source, allotted_on, CAST(NULL AS DATE), amount_yuan, 'allotted', FALSE
    FROM matched.allotted
    WHERE allotted_on IS NOT NULL
    UNION ALL
    SELECT e.city_code, e.unit_code, e.fund_source, e.event_on, k.settled_on, e.amount_yuan, 'paid', TRUE
    FROM matched.execution_events AS e
    LEFT JOIN booked.links AS k ON k.side = 'bank' AND k.item_id = e.bank_line_id
),
of_units AS (
    SELECT e.* FROM events AS e INNER JOIN units AS u ON u.unit_code = e.unit_code
),
months AS (
    SELECT DISTINCT LAST_DAY(falls_on) AS month_end_on FROM of_units
),
drawn AS (
    SELECT
        m.month_end_on, e.city_code, e.unit_code, e.figure_source, e.book, e.amount_yuan,
        e.has_bank_entry AND (e.settled_on IS NULL OR e.settled_on > m.month_end_on) AS is_open
    FROM months AS m
    INNER JOIN of_units AS e
        ON e.falls_on <= m.month_end_on AND EXTRACT(YEAR FROM e.falls_on) = EXTRACT(YEAR FROM m.month_end_on)
),
totals AS (
    SELECT
        city_code, unit_code, figure_source, month_end_on,
        SUM(CASE WHEN book = 'allotted' THEN amount_yuan ELSE 0 END) AS allotted_yuan,
        SUM(CASE WHEN book = 'booked' THEN amount_yuan ELSE 0 END) AS booked_yuan,
        SUM(CASE WHEN book = 'paid' THEN amount_yuan ELSE 0 END) AS paid_yuan,
        SUM(CASE WHEN book = 'booked' AND is_open THEN amount_yuan ELSE 0 END) AS booked_first_yuan,
        SUM(CASE WHEN book = 'paid' AND is_open THEN amount_yuan ELSE 0 END) AS paid_first_yuan
    FROM drawn
    GROUP BY city_code, unit_code, figure_source, month_end_on
)
SELECT
    city_code, unit_code, figure_source, month_end_on,
    CAST(allotted_yuan AS DECIMAL(18, 2)) AS allotted_yuan,
    CAST(booked_yuan AS DECIMAL(18, 2)) AS booked_yuan,
    CAST(paid_yuan AS DECIMAL(18, 2)) AS paid_yuan,
    CAST(allotted_yuan - paid_yuan AS DECIMAL(18, 2)) AS unspent_yuan,
    CAST(booked_yuan - paid_yuan AS DECIMAL(18, 2)) AS differing_yuan,
    CAST(booked_first_yuan AS DECIMAL(18, 2)) AS booked_first_yuan,
    CAST(paid_first_yuan AS DECIMAL(18, 2)) AS paid_first_yuan,
    CAST(booked_yuan - paid_yuan - booked_first_yuan + paid_first_yuan AS DECIMAL(18, 2)) AS rest_yuan
FROM totals
ORDER BY unit_code, figure_source, month_end_on
