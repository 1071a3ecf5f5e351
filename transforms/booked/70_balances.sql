-- Both balances of an account at a month's end, and the sums of what is open then.
-- Grain: one row per account that has books and month end, from its start to its last entry or line, or the day up to
-- which the books are looked at.
-- book_balance_yuan: opening and entries; listed_yuan: opening and statement lines; stated_yuan: what the statement
-- says after its last line, NULL where it says nothing. An opening that nobody states counts as 0. The four sums are
-- the open items as booked, red ones negative. uncovered_day_count: days since the start that no statement covers.
-- Reads: booked.accounts, booked.items, booked.open_items, booked.lines, facts.coverage, facts.as_of.
WITH years AS (
    SELECT EXTRACT(YEAR FROM falls_on) AS year FROM booked.items
    UNION SELECT EXTRACT(YEAR FROM as_of_on) FROM facts.as_of
),
months AS (
    SELECT LAST_DAY(make_date(CAST(y.year AS INTEGER), m.month, 1)) AS month_end_on
    FROM years AS y
    CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)) AS m(month)
),
lasts AS (
    SELECT i.account_key, LAST_DAY(GREATEST(MAX(i.falls_on), MAX(a.as_of_on))) AS last_on
    FROM booked.items AS i
    CROSS JOIN facts.as_of AS a
    GROUP BY i.account_key
),
drawn AS (
    SELECT a.*, m.month_end_on
    FROM booked.accounts AS a
    INNER JOIN lasts AS l ON l.account_key = a.account_key
    INNER JOIN months AS m
        ON m.month_end_on >= COALESCE(a.start_on, a.book_first_on) AND m.month_end_on <= l.last_on
),
moved AS (
    SELECT
        d.account_key, d.month_end_on,
        SUM(CASE WHEN i.side = 'books' THEN i.move_yuan ELSE 0 END) AS books_yuan,
        SUM(CASE WHEN i.side = 'bank' THEN i.move_yuan ELSE 0 END) AS bank_yuan
    FROM drawn AS d
    INNER JOIN booked.items AS i ON i.account_key = d.account_key AND i.falls_on <= d.month_end_on
    GROUP BY d.account_key, d.month_end_on
),
opened AS (
    SELECT
        d.account_key, d.month_end_on,
        SUM(CASE WHEN o.side = 'bank' AND o.direction = 'in' THEN o.amount_yuan ELSE 0 END) AS bank_in_yuan,
        SUM(CASE WHEN o.side = 'bank' AND o.direction = 'out' THEN o.amount_yuan ELSE 0 END) AS bank_out_yuan,
        SUM(CASE WHEN o.side = 'books' AND o.direction = 'in' THEN o.amount_yuan ELSE 0 END) AS book_in_yuan,
        SUM(CASE WHEN o.side = 'books' AND o.direction = 'out' THEN o.amount_yuan ELSE 0 END) AS book_out_yuan
    FROM drawn AS d
    INNER JOIN booked.open_items AS o
        ON o.account_key = d.account_key AND o.falls_on <= d.month_end_on
        AND (o.settled_on IS NULL OR o.settled_on > d.month_end_on)
    GROUP BY d.account_key, d.month_end_on
),
last_days AS (
    SELECT d.account_key, d.month_end_on, MAX(l.falls_on) AS last_on
    FROM drawn AS d
    INNER JOIN booked.lines AS l ON l.account_key = d.account_key AND l.falls_on <= d.month_end_on
    GROUP BY d.account_key, d.month_end_on
),
stated AS ( -- the balance after a last line that no other of that day follows
    SELECT t.account_key, t.month_end_on, MIN(l.balance_yuan) AS balance_yuan
    FROM last_days AS t
    INNER JOIN booked.lines AS l ON l.account_key = t.account_key AND l.falls_on = t.last_on
    LEFT JOIN booked.lines AS n
        ON n.account_key = t.account_key AND n.falls_on = t.last_on AND n.balance_yuan - n.move_yuan = l.balance_yuan
        AND n.bank_line_id <> l.bank_line_id
    WHERE n.bank_line_id IS NULL
    GROUP BY t.account_key, t.month_end_on
    HAVING COUNT(DISTINCT l.balance_yuan) = 1
),
known AS (
    SELECT
        d.account_key, d.month_end_on,
        SUM(date_diff('day', GREATEST(c.covered_from, d.start_on), LEAST(c.covered_to, d.month_end_on)) + 1)
            AS day_count
    FROM drawn AS d
    INNER JOIN facts.coverage AS c
        ON c.account_key = d.account_key AND c.covered_to >= d.start_on AND c.covered_from <= d.month_end_on
    GROUP BY d.account_key, d.month_end_on
)
SELECT
    d.city_code, d.unit_code, d.account_key, d.account_no, d.account_last4, d.bank_name, d.month_end_on, d.start_on,
    d.book_last_on, d.covered_to, d.is_filtered, d.book_opening_yuan IS NOT NULL AS has_book_opening,
    CAST(COALESCE(d.book_opening_yuan, 0) + COALESCE(m.books_yuan, 0) AS DECIMAL(18, 2)) AS book_balance_yuan,
    CAST(COALESCE(d.bank_opening_yuan, 0) + COALESCE(m.bank_yuan, 0) AS DECIMAL(18, 2)) AS listed_yuan,
    CAST(s.balance_yuan AS DECIMAL(18, 2)) AS stated_yuan,
    CAST(COALESCE(o.bank_in_yuan, 0) AS DECIMAL(18, 2)) AS bank_in_yuan,
    CAST(COALESCE(o.bank_out_yuan, 0) AS DECIMAL(18, 2)) AS bank_out_yuan,
    CAST(COALESCE(o.book_in_yuan, 0) AS DECIMAL(18, 2)) AS book_in_yuan,
    CAST(COALESCE(o.book_out_yuan, 0) AS DECIMAL(18, 2)) AS book_out_yuan,
    CAST(date_diff('day', d.start_on, d.month_end_on) + 1 - COALESCE(k.day_count, 0) AS BIGINT) AS uncovered_day_count
FROM drawn AS d
LEFT JOIN moved AS m ON m.account_key = d.account_key AND m.month_end_on = d.month_end_on
LEFT JOIN opened AS o ON o.account_key = d.account_key AND o.month_end_on = d.month_end_on
LEFT JOIN stated AS s ON s.account_key = d.account_key AND s.month_end_on = d.month_end_on
LEFT JOIN known AS k ON k.account_key = d.account_key AND k.month_end_on = d.month_end_on
ORDER BY d.unit_code, d.account_key, d.month_end_on
