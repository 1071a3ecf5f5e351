-- 银行存款余额调节表: both balances at a month's end, what brings them together, and why they differ if they do.
-- Grain: one row per account that has books and month end. bank_balance_yuan: as the statement states it
-- (is_bank_stated), else opening and lines; NULL without any statement, and then nothing is adjusted. difference_yuan
-- = book_adjusted_yuan − bank_adjusted_yuan, made of opening_difference_yuan (the two openings, less what is known to
-- have been open then) and statement_difference_yuan (opening and lines less the stated balance: lines are missing,
-- or the opening is wrong).
-- Reads: booked.balances.
WITH adjusted AS (
    SELECT
        b.*,
        CASE WHEN start_on IS NOT NULL THEN COALESCE(stated_yuan, listed_yuan) END AS bank_balance_yuan,
        book_balance_yuan + bank_in_yuan - bank_out_yuan AS book_adjusted_yuan,
        CASE WHEN start_on IS NOT NULL THEN COALESCE(stated_yuan, listed_yuan) + book_in_yuan - book_out_yuan END
            AS bank_adjusted_yuan,
        CASE WHEN start_on IS NOT NULL THEN listed_yuan - COALESCE(stated_yuan, listed_yuan) END
            AS statement_difference_yuan
    FROM booked.balances AS b
)
SELECT
    city_code, unit_code, account_key, account_no, account_last4, bank_name, month_end_on, start_on, book_last_on,
    covered_to, is_filtered, has_book_opening, stated_yuan IS NOT NULL AS is_bank_stated, uncovered_day_count,
    book_balance_yuan, bank_in_yuan, bank_out_yuan,
    CAST(book_adjusted_yuan AS DECIMAL(18, 2)) AS book_adjusted_yuan,
    CAST(bank_balance_yuan AS DECIMAL(18, 2)) AS bank_balance_yuan,
    book_in_yuan, book_out_yuan,
    CAST(bank_adjusted_yuan AS DECIMAL(18, 2)) AS bank_adjusted_yuan,
    CAST(book_adjusted_yuan - bank_adjusted_yuan AS DECIMAL(18, 2)) AS difference_yuan,
    CAST(book_adjusted_yuan - bank_adjusted_yuan - statement_difference_yuan AS DECIMAL(18, 2))
        AS opening_difference_yuan,
    CAST(statement_difference_yuan AS DECIMAL(18, 2)) AS statement_difference_yuan
FROM adjusted
ORDER BY unit_code, account_key, month_end_on
