-- From which day and which balances an account's books and its statements can be laid side by side.
-- Grain: one row per account that has books. start_on: the first day of the first accounting month, or the first day
-- that a statement covers if that is later (NULL without any statement). book_opening_yuan: the debit balance before
-- the first entry of each of the account's subjects (余额 less what the entry moves), else the register's 期初余额
-- (book_opening_from: balance, register, NULL for none). bank_opening_yuan: the balance before the first line, else
-- the register's. Both stand before everything received. Of one day's rows in unknown order, the first is the one
-- that follows no other of them.
-- Reads: booked.entries, booked.lines, facts.accounts, facts.coverage.
WITH books AS (
    SELECT
        account_key, unit_code, CAST(date_trunc('month', MIN(falls_on)) AS DATE) AS first_on, MAX(falls_on) AS last_on
    FROM booked.entries
    WHERE account_key IS NOT NULL
    GROUP BY account_key, unit_code
),
covered AS (
    SELECT account_key, MIN(covered_from) AS covered_from, MAX(covered_to) AS covered_to
    FROM facts.coverage
    GROUP BY account_key
),
ranked_entries AS (
    SELECT
        account_key, CONCAT_WS('|', book_name, subject_code) AS subject, balance_yuan,
        balance_yuan - move_yuan AS before_yuan,
        RANK() OVER (PARTITION BY account_key, book_name, subject_code ORDER BY voucher_on) AS day_rank,
        ROW_NUMBER() OVER (
            PARTITION BY account_key, book_name, subject_code
            ORDER BY voucher_on, TRY_CAST(voucher_number AS INTEGER), voucher_line_no, voucher_no, entry_id
        ) AS entry_rank
    FROM booked.entries
    WHERE account_key IS NOT NULL
),
first_entries AS (
    SELECT * FROM ranked_entries WHERE day_rank = 1
),
subjects AS (
    SELECT
        f.account_key, f.subject,
        COALESCE(
            MIN(CASE WHEN p.account_key IS NULL THEN f.before_yuan END),
            MIN(CASE WHEN f.entry_rank = 1 THEN f.before_yuan END)
        ) AS before_yuan
    FROM first_entries AS f
    LEFT JOIN first_entries AS p
        ON p.account_key = f.account_key AND p.subject = f.subject AND p.balance_yuan = f.before_yuan
    GROUP BY f.account_key, f.subject
),
balances AS ( -- NULL where one of the subjects states none
    SELECT account_key, CASE WHEN COUNT(before_yuan) = COUNT(*) THEN SUM(before_yuan) END AS before_yuan
    FROM subjects
    GROUP BY account_key
),
first_days AS (
    SELECT account_key, MIN(falls_on) AS first_on FROM booked.lines GROUP BY account_key
),
first_lines AS (
    SELECT l.account_key, l.balance_yuan, l.balance_yuan - l.move_yuan AS before_yuan
    FROM booked.lines AS l
    INNER JOIN first_days AS d ON d.account_key = l.account_key AND d.first_on = l.falls_on
),
bank_openings AS (
    SELECT f.account_key, MIN(f.before_yuan) AS before_yuan
    FROM first_lines AS f
    LEFT JOIN first_lines AS p ON p.account_key = f.account_key AND p.balance_yuan = f.before_yuan
    WHERE p.account_key IS NULL
    GROUP BY f.account_key
)
SELECT
    a.city_code, b.unit_code, b.account_key, a.account_no, RIGHT(a.account_no, 4) AS account_last4, a.bank_name,
    COALESCE(a.statement_scope = 'filtered', FALSE) AS is_filtered,
    CASE WHEN c.covered_from IS NOT NULL THEN GREATEST(b.first_on, c.covered_from) END AS start_on,
    b.first_on AS book_first_on, b.last_on AS book_last_on, c.covered_from, c.covered_to,
    CAST(COALESCE(s.before_yuan, a.opening_balance_yuan) AS DECIMAL(18, 2)) AS book_opening_yuan,
    CASE
        WHEN s.before_yuan IS NOT NULL THEN 'balance'
        WHEN a.opening_balance_yuan IS NOT NULL THEN 'register'
    END AS book_opening_from,
    CAST(COALESCE(o.before_yuan, a.opening_balance_yuan) AS DECIMAL(18, 2)) AS bank_opening_yuan
FROM books AS b
INNER JOIN facts.accounts AS a ON a.account_key = b.account_key
LEFT JOIN covered AS c ON c.account_key = b.account_key
LEFT JOIN balances AS s ON s.account_key = b.account_key
LEFT JOIN bank_openings AS o ON o.account_key = b.account_key
ORDER BY b.unit_code, b.account_key
