-- Statement lines, each once however many files show it.
-- Grain: one row per bank line. value_on: 起息日期, else the transaction date, else the booking date.
-- Reads: validated.bank_statements, facts.current, facts.accounts.
SELECT
    v.row_id, v.receipt_id, v.source_file, v.sheet, v.row_no, v.city_code,
    SUBSTR(SHA256(CONCAT(c.account_key, '|', c.fact_key)), 1, 16) AS bank_line_id,
    c.account_key,
    a.account_no,
    SUBSTR(a.account_no, -4, 4) AS account_last4,
    a.account_type,
    a.fund_source AS account_fund_source,
    a.interest_fund_source,
    c.unit_code,
    v.booked_on,
    COALESCE(v.transacted_on, v.booked_on) AS transacted_on,
    COALESCE(v.valued_on, v.transacted_on, v.booked_on) AS value_on,
    v.direction,
    v.amount_yuan,
    v.balance_yuan,
    v.counterparty_name,
    v.counterparty_account_no,
    v.counterparty_key,
    COALESCE(v.memo, '') AS memo
FROM validated.bank_statements AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
INNER JOIN facts.accounts AS a ON a.account_key = c.account_key
ORDER BY bank_line_id
