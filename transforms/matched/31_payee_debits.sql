-- Debits to one payee's own account: single payments by form, never a whole list.
-- Grain: one row per bank line and card that it goes to. Where the bank hides the account (or gives none), the payee's
-- name stands for it, together with the last four digits as far as they are visible. A line that states no card is known by
-- its payee alone: its card_key here is his name.
-- Debits that advanced a list pay nothing of the funds (M65).
-- Reads: facts.bank_lines, matched.payment_lines, matched.advances.
WITH debits AS (
    SELECT bank_line_id, unit_code, counterparty_key, counterparty_name, SUBSTR(counterparty_account_no, -4, 4) AS tail
    FROM facts.bank_lines
    WHERE direction = 'out' AND bank_line_id NOT IN (SELECT v.bank_line_id FROM matched.advances AS v)
),
payees AS (
    SELECT DISTINCT unit_code, card_key, payee_name, SUBSTR(card_no, -4, 4) AS tail
    FROM matched.payment_lines
    WHERE card_key IS NOT NULL
),
cardless AS (
    SELECT DISTINCT unit_code, payee_name, CONCAT('name:', payee_name) AS card_key
    FROM matched.payment_lines
    WHERE card_key IS NULL AND payee_name IS NOT NULL
)
SELECT DISTINCT d.bank_line_id, p.card_key, FALSE AS is_by_name
FROM debits AS d
INNER JOIN payees AS p ON p.unit_code = d.unit_code AND p.card_key = d.counterparty_key
UNION ALL
SELECT DISTINCT d.bank_line_id, p.card_key, TRUE
FROM debits AS d
INNER JOIN payees AS p ON p.unit_code = d.unit_code AND p.payee_name = d.counterparty_name
WHERE d.counterparty_key IS NULL
    AND (d.tail IS NULL OR d.tail = p.tail OR NOT REGEXP_MATCHES(d.tail, '^[0-9][0-9][0-9][0-9]$'))
UNION ALL
SELECT DISTINCT d.bank_line_id, p.card_key, TRUE
FROM debits AS d
INNER JOIN cardless AS p ON p.unit_code = d.unit_code AND p.payee_name = d.counterparty_name
ORDER BY bank_line_id, card_key
