-- Entries and lines that our own voucher number ties together: what a list or an arrival states as its 会计凭证号.
-- Grain: one row per entry (side books) and bank line (side bank) of such a link. All entries of the voucher on the
-- account together are all lines that state its number; a number comes again each month, the nearest voucher within
-- the window counts. A number without its word (12 beside 记-12) is the same.
-- Reads: booked.entries, booked.lines, booked.windows.
WITH vouchers AS (
    SELECT
        account_key, book_name, period, voucher_no, MIN(voucher_word) AS voucher_word,
        MIN(voucher_number) AS voucher_number, MIN(voucher_on) AS voucher_on, SUM(move_yuan) AS move_yuan,
        SUBSTR(SHA256(CONCAT_WS('|', account_key, book_name, period, voucher_no)), 1, 16) AS link_id
    FROM booked.entries
    WHERE account_key IS NOT NULL
    GROUP BY account_key, book_name, period, voucher_no
),
near AS (
    SELECT
        l.bank_line_id, l.move_yuan, v.link_id,
        ROW_NUMBER() OVER (
            PARTITION BY l.bank_line_id
            ORDER BY ABS(date_diff('day', v.voucher_on, l.falls_on)), v.voucher_on, v.link_id
        ) AS choice
    FROM booked.lines AS l
    CROSS JOIN booked.windows AS w
    INNER JOIN vouchers AS v
        ON v.account_key = l.account_key AND v.voucher_number = l.voucher_number
        AND (v.voucher_word = l.voucher_word OR v.voucher_word = '' OR l.voucher_word = '')
        AND ABS(date_diff('day', v.voucher_on, l.falls_on)) <= w.journal_days
),
sums AS (
    SELECT link_id, SUM(move_yuan) AS move_yuan FROM near WHERE choice = 1 GROUP BY link_id
),
agreed AS (
    SELECT v.* FROM vouchers AS v INNER JOIN sums AS s ON s.link_id = v.link_id AND s.move_yuan = v.move_yuan
)
SELECT a.link_id, 'voucher' AS rule, 'books' AS side, e.entry_id AS item_id
FROM agreed AS a
INNER JOIN booked.entries AS e
    ON e.account_key = a.account_key AND e.book_name = a.book_name AND e.period = a.period
    AND e.voucher_no = a.voucher_no
UNION ALL
SELECT a.link_id, 'voucher', 'bank', n.bank_line_id
FROM agreed AS a
INNER JOIN near AS n ON n.link_id = a.link_id AND n.choice = 1
ORDER BY link_id, side, item_id
