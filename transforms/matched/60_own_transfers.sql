-- M62: transfers between two accounts of one unit.
-- Grain: one row per bank line whose counterparty is another registered account of the same unit.
-- Reads: facts.bank_lines, facts.accounts.
SELECT DISTINCT b.bank_line_id, b.amount_yuan
FROM facts.bank_lines AS b
INNER JOIN facts.accounts AS a
    ON a.account_key = b.counterparty_key AND a.unit_code = b.unit_code AND a.account_key <> b.account_key
ORDER BY b.bank_line_id
