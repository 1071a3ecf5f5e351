-- Debits to one payee's own account: single payments by form, never a whole list.
-- Grain: one row per bank line.
-- Reads: facts.bank_lines, matched.payment_lines.
SELECT DISTINCT b.bank_line_id
FROM facts.bank_lines AS b
INNER JOIN matched.payment_lines AS l ON l.unit_code = b.unit_code AND l.card_key = b.counterparty_key
WHERE b.direction = 'out'
ORDER BY b.bank_line_id
