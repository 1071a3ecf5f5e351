-- 银行流水
-- Grain: one row per statement line, once however many files show it. Memo and counterparty stay in the warehouse.
-- Reads: matched.bank_lines.
SELECT
    city_code, bank_line_id, account_last4, unit_code, booked_on, direction, amount_yuan, value_on, classification,
    fund_source, source_file, sheet, row_no
FROM matched.bank_lines
ORDER BY city_code, bank_line_id
