-- 专项资金余额: what of each account's balance belongs to which source.
-- Grain: one row per account, month end and figure source, out_of_scope among them; together the account's balance.
-- Month ends from the account's first line to the day up to which the books are looked at. A line counts for the
-- source that matching gave it; one transfer of several sources, for each as its notice says. The opening balance
-- counts for the account's registered source. out_of_scope is the rest. Of a filtered statement only the lines shown
-- can count.
-- Reads: matched.bank_lines, matched.allotments_out, matched.allotments_in, matched.payable_shares, matched.payables,
-- facts.allotments, facts.accounts, facts.years, facts.as_of, policy.source_rows.
WITH lines AS (
    SELECT *, CASE WHEN direction = 'in' THEN amount_yuan ELSE -amount_yuan END AS signed_yuan
    FROM matched.bank_lines
),
notice_lines AS (
    SELECT bank_line_id, notice_no, payee_unit_code FROM matched.allotments_out
    UNION ALL
    SELECT bank_line_id, notice_no, payee_unit_code FROM matched.allotments_in
),
parts AS (
    SELECT account_key, booked_on, fund_source, signed_yuan FROM lines WHERE fund_source IS NOT NULL
    UNION ALL
    SELECT
        l.account_key, l.booked_on, a.fund_source,
        CASE WHEN l.direction = 'in' THEN a.amount_yuan ELSE -a.amount_yuan END
    FROM lines AS l
    INNER JOIN notice_lines AS n ON n.bank_line_id = l.bank_line_id
    INNER JOIN facts.allotments AS a
        ON a.notice_no = n.notice_no AND a.payee_unit_code = n.payee_unit_code AND a.allotment_mode = 'to_unit'
    WHERE l.fund_source IS NULL
    UNION ALL -- a supplier's invoice over several sources
    SELECT
        l.account_key, l.booked_on, p.fund_source,
        CASE WHEN l.direction = 'in' THEN s.share_yuan ELSE -s.share_yuan END
    FROM lines AS l
    INNER JOIN matched.payable_shares AS s ON s.bank_line_id = l.bank_line_id
    INNER JOIN matched.payables AS p ON p.payable_id = s.payable_id
    WHERE l.fund_source IS NULL
),
spans AS (
    SELECT account_key, MIN(booked_on) AS first_on FROM lines GROUP BY account_key
),
first_lines AS (
    SELECT l.account_key, l.balance_yuan, l.balance_yuan - l.signed_yuan AS before_yuan
    FROM lines AS l
    INNER JOIN spans AS s ON s.account_key = l.account_key AND s.first_on = l.booked_on
),
openings AS ( -- the balance before a first line that follows no other of that day
    SELECT f.account_key, MIN(f.before_yuan) AS before_yuan
    FROM first_lines AS f
    LEFT JOIN first_lines AS p ON p.account_key = f.account_key AND p.balance_yuan = f.before_yuan
    WHERE p.account_key IS NULL
    GROUP BY f.account_key
),
accounts AS (
    SELECT
        a.city_code, a.unit_code, a.account_key, RIGHT(a.account_no, 4) AS account_last4, a.fund_source, s.first_on,
        COALESCE(a.opening_balance_yuan, o.before_yuan, 0) AS opening_yuan
    FROM facts.accounts AS a
    INNER JOIN spans AS s ON s.account_key = a.account_key
    LEFT JOIN openings AS o ON o.account_key = a.account_key
),
drawn AS (
    SELECT a.*, LAST_DAY(make_date(y.year, m.month, 1)) AS month_end_on
    FROM accounts AS a
    CROSS JOIN facts.years AS y
    CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)) AS m(month)
    INNER JOIN facts.as_of AS d ON LAST_DAY(make_date(y.year, m.month, 1)) <= d.as_of_on
    WHERE LAST_DAY(make_date(y.year, m.month, 1)) >= a.first_on
),
amounts AS (
    SELECT d.account_key, d.month_end_on, p.fund_source, p.signed_yuan AS amount_yuan
    FROM drawn AS d
    INNER JOIN parts AS p ON p.account_key = d.account_key AND p.booked_on <= d.month_end_on
    UNION ALL
    SELECT account_key, month_end_on, fund_source, opening_yuan FROM drawn WHERE fund_source IS NOT NULL
),
shown AS (
    SELECT x.account_key, x.month_end_on, COALESCE(s.figure_source, x.fund_source) AS fund_source, x.amount_yuan
    FROM amounts AS x
    LEFT JOIN policy.source_rows AS s ON s.fund_source = x.fund_source
    UNION ALL -- the account's balance, less all that has a source
    SELECT account_key, month_end_on, 'out_of_scope', opening_yuan FROM drawn
    UNION ALL
    SELECT d.account_key, d.month_end_on, 'out_of_scope', l.signed_yuan
    FROM drawn AS d
    INNER JOIN lines AS l ON l.account_key = d.account_key AND l.booked_on <= d.month_end_on
    UNION ALL
    SELECT account_key, month_end_on, 'out_of_scope', -amount_yuan FROM amounts
)
SELECT
    d.city_code, d.unit_code, d.account_key, d.account_last4, d.month_end_on, x.fund_source,
    CAST(SUM(x.amount_yuan) AS DECIMAL(18, 2)) AS balance_yuan
FROM drawn AS d
INNER JOIN shown AS x ON x.account_key = d.account_key AND x.month_end_on = d.month_end_on
GROUP BY d.city_code, d.unit_code, d.account_key, d.account_last4, d.month_end_on, x.fund_source
ORDER BY d.account_key, d.month_end_on, x.fund_source
