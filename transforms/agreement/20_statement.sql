-- 台账与银行核对: both sides up to the end of each month.
-- Grain: one row per month end, unit, account (NULL: entries that no bank line answers yet), source and direction.
-- matched + open = total on both sides. Of the bank's matched lines, those without an entry in the books (fees, interest,
-- own transfers, lines outside the funds) are told beside. An entry counts as matched once the other side was there.
-- Reads: agreement.entries, facts.accounts, facts.units.
WITH months AS (
    SELECT DISTINCT LAST_DAY(falls_on) AS month_end_on FROM agreement.entries
),
drawn AS (
    SELECT
        m.month_end_on, e.city_code, e.unit_code, e.account_key, e.fund_source, e.direction,
        e.side = 'bank' AS is_bank, e.is_without_entry, e.amount_yuan,
        e.settled_on IS NOT NULL AND e.settled_on <= m.month_end_on AS is_matched
    FROM months AS m
    INNER JOIN agreement.entries AS e ON e.falls_on <= m.month_end_on
),
totals AS (
    SELECT
        month_end_on, city_code, unit_code, account_key, fund_source, direction,
        SUM(CASE WHEN is_bank THEN amount_yuan ELSE 0 END) AS bank_total_yuan,
        SUM(CASE WHEN is_bank AND is_matched THEN amount_yuan ELSE 0 END) AS bank_matched_yuan,
        SUM(CASE WHEN is_bank AND NOT is_matched THEN amount_yuan ELSE 0 END) AS bank_open_yuan,
        SUM(CASE WHEN is_bank AND is_without_entry THEN amount_yuan ELSE 0 END) AS bank_without_entry_yuan,
        SUM(CASE WHEN is_bank AND NOT is_matched THEN 1 ELSE 0 END) AS bank_open_count,
        SUM(CASE WHEN NOT is_bank THEN amount_yuan ELSE 0 END) AS books_total_yuan,
        SUM(CASE WHEN NOT is_bank AND is_matched THEN amount_yuan ELSE 0 END) AS books_matched_yuan,
        SUM(CASE WHEN NOT is_bank AND NOT is_matched THEN amount_yuan ELSE 0 END) AS books_open_yuan,
        SUM(CASE WHEN NOT is_bank AND NOT is_matched THEN 1 ELSE 0 END) AS books_open_count
    FROM drawn
    GROUP BY month_end_on, city_code, unit_code, account_key, fund_source, direction
)
SELECT
    t.city_code, t.month_end_on, t.unit_code, u.unit_name, SUBSTR(a.account_no, -4, 4) AS account_last4, t.fund_source,
    t.direction,
    CAST(t.bank_total_yuan AS DECIMAL(18, 2)) AS bank_total_yuan,
    CAST(t.bank_matched_yuan AS DECIMAL(18, 2)) AS bank_matched_yuan,
    CAST(t.bank_open_yuan AS DECIMAL(18, 2)) AS bank_open_yuan,
    CAST(t.bank_without_entry_yuan AS DECIMAL(18, 2)) AS bank_without_entry_yuan,
    CAST(t.books_total_yuan AS DECIMAL(18, 2)) AS books_total_yuan,
    CAST(t.books_matched_yuan AS DECIMAL(18, 2)) AS books_matched_yuan,
    CAST(t.books_open_yuan AS DECIMAL(18, 2)) AS books_open_yuan,
    CAST(t.bank_open_count AS BIGINT) AS bank_open_count,
    CAST(t.books_open_count AS BIGINT) AS books_open_count
FROM totals AS t
LEFT JOIN facts.units AS u ON u.unit_code = t.unit_code
LEFT JOIN facts.accounts AS a ON a.account_key = t.account_key
ORDER BY t.month_end_on, t.unit_code, t.account_key, t.fund_source, t.direction
