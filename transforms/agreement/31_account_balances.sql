-- 专项资金余额核对表: the balance that the statement states, beside what its sources and all else come to.
-- Grain: one row per account and month end of fund_balances. fund_yuan: of all sources; outside_yuan: 非帮扶资金. stated_yuan:
-- what the statement says after its last line up to that day; NULL where it says nothing, or where the order of that day's
-- lines cannot be known, or of a filtered statement. difference_yuan = total − stated: lines are missing, or the opening is
-- wrong.
-- Reads: agreement.fund_balances, matched.bank_lines, facts.accounts, facts.units.
WITH totals AS (
    SELECT
        city_code, unit_code, account_key, account_last4, month_end_on,
        SUM(CASE WHEN fund_source = 'out_of_scope' THEN 0 ELSE balance_yuan END) AS fund_yuan,
        SUM(CASE WHEN fund_source = 'out_of_scope' THEN balance_yuan ELSE 0 END) AS outside_yuan,
        SUM(balance_yuan) AS total_yuan
    FROM agreement.fund_balances
    GROUP BY city_code, unit_code, account_key, account_last4, month_end_on
),
lines AS (
    SELECT
        bank_line_id, account_key, booked_on, balance_yuan,
        CASE WHEN direction = 'in' THEN amount_yuan ELSE -amount_yuan END AS move_yuan
    FROM matched.bank_lines
),
last_days AS (
    SELECT t.account_key, t.month_end_on, MAX(l.booked_on) AS last_on
    FROM totals AS t
    INNER JOIN lines AS l ON l.account_key = t.account_key AND l.booked_on <= t.month_end_on
    GROUP BY t.account_key, t.month_end_on
),
stated AS ( -- the balance after a last line that no other of that day follows
    SELECT t.account_key, t.month_end_on, MIN(l.balance_yuan) AS stated_yuan
    FROM last_days AS t
    INNER JOIN lines AS l ON l.account_key = t.account_key AND l.booked_on = t.last_on
    LEFT JOIN lines AS n
        ON n.account_key = t.account_key AND n.booked_on = t.last_on AND n.balance_yuan - n.move_yuan = l.balance_yuan
        AND n.bank_line_id <> l.bank_line_id
    WHERE n.bank_line_id IS NULL
    GROUP BY t.account_key, t.month_end_on
    HAVING COUNT(DISTINCT l.balance_yuan) = 1
)
SELECT
    t.city_code, t.unit_code, u.unit_name, t.account_key, t.account_last4, a.bank_name, t.month_end_on,
    CAST(t.fund_yuan AS DECIMAL(18, 2)) AS fund_yuan,
    CAST(t.outside_yuan AS DECIMAL(18, 2)) AS outside_yuan,
    CAST(t.total_yuan AS DECIMAL(18, 2)) AS total_yuan,
    CAST(s.stated_yuan AS DECIMAL(18, 2)) AS stated_yuan,
    CAST(t.total_yuan - s.stated_yuan AS DECIMAL(18, 2)) AS difference_yuan,
    COALESCE(a.statement_scope = 'filtered', FALSE) AS is_filtered
FROM totals AS t
LEFT JOIN facts.accounts AS a ON a.account_key = t.account_key
LEFT JOIN stated AS s
    ON s.account_key = t.account_key AND s.month_end_on = t.month_end_on
    AND COALESCE(a.statement_scope, 'full') <> 'filtered'
LEFT JOIN facts.units AS u ON u.unit_code = t.unit_code
ORDER BY t.account_key, t.month_end_on
