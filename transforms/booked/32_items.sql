-- Both sides as items that may answer each other.
-- Grain: one row per entry (side books) and statement line (side bank) of an account that has books. item_on: the
-- voucher's day, the bank's booking; falls_on: the day from which it counts in the balance of its side. is_red:
-- booked with a minus. told: what it says of itself. day_part: what lines of one day may be added up by.
-- Reads: booked.entries, booked.lines.
SELECT
    city_code, 'books' AS side, entry_id AS item_id, unit_code, account_key, voucher_on AS item_on, falls_on, direction,
    amount_yuan, move_yuan, amount_yuan < 0 AS is_red, voucher_no AS number_text, summary_text AS told,
    CONCAT_WS('|', book_name, period, voucher_no) AS voucher_key, CAST(NULL AS VARCHAR) AS day_part
FROM booked.entries
WHERE account_key IS NOT NULL
UNION ALL
SELECT
    city_code, 'bank', bank_line_id, unit_code, account_key, falls_on, falls_on, direction,
    amount_yuan, move_yuan, amount_yuan < 0, CAST(NULL AS VARCHAR),
    TRIM(CONCAT_WS(' ', memo, counterparty_name)), CAST(NULL AS VARCHAR), classification
FROM booked.lines
ORDER BY side, item_id
