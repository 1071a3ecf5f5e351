-- The statement lines of accounts that have books, and the voucher that our own lists state for them.
-- Grain: one row per bank line of an account with an entry. voucher_word, voucher_number: of 会计凭证号 in the lists and
-- arrivals that matching put to the line, where all of them state one; else NULL. move_yuan: what it adds to the
-- balance.
-- Reads: matched.bank_lines, matched.matches, matched.payments, facts.rosters, facts.arrivals, booked.entries.
WITH lines AS (
    SELECT b.*
    FROM matched.bank_lines AS b
    WHERE b.account_key IN (SELECT e.account_key FROM booked.entries AS e WHERE e.account_key IS NOT NULL)
),
stated AS (
    SELECT m.bank_line_id, COALESCE(r.voucher_no, v.voucher_no) AS voucher_no
    FROM matched.matches AS m
    LEFT JOIN matched.payments AS p ON p.payment_id = m.payment_id
    LEFT JOIN facts.rosters AS r ON r.row_id = p.row_id
    LEFT JOIN facts.arrivals AS v ON v.row_id = m.arrival_row_id
    WHERE COALESCE(r.voucher_no, v.voucher_no) IS NOT NULL
),
parts AS (
    SELECT
        bank_line_id,
        REGEXP_REPLACE(REGEXP_REPLACE(voucher_no, '[0-9].*$', ''), '[字第 -]+$', '') AS voucher_word,
        REGEXP_REPLACE(REGEXP_REPLACE(voucher_no, '^[^0-9]*0*', ''), '[^0-9]+$', '') AS voucher_number
    FROM stated
),
vouchers AS (
    SELECT bank_line_id, MIN(voucher_word) AS voucher_word, MIN(voucher_number) AS voucher_number
    FROM parts
    GROUP BY bank_line_id
    HAVING MIN(voucher_word) = MAX(voucher_word) AND MIN(voucher_number) = MAX(voucher_number)
)
SELECT
    l.city_code, l.bank_line_id, l.row_id, l.unit_code, l.account_key, l.booked_on AS falls_on, l.direction,
    l.amount_yuan,
    CAST(CASE WHEN l.direction = 'in' THEN l.amount_yuan ELSE -l.amount_yuan END AS DECIMAL(18, 2)) AS move_yuan,
    l.balance_yuan, l.counterparty_name, l.memo, l.classification, l.fund_source, v.voucher_word, v.voucher_number
FROM lines AS l
LEFT JOIN vouchers AS v ON v.bank_line_id = l.bank_line_id
ORDER BY l.bank_line_id
