-- Debits to one payee's own account: single payments by form, never a whole list.
-- Grain: one row per bank line and card that it goes to. Where the bank hides the account (or gives none), the payee's
-- name stands for it (name_pairs), together with whatever digits are visible. A line that states no card is known by its
-- payee alone: its card_key here is his name.
-- Debits that advanced a list pay nothing of the funds (M65), nor does what passes money on or gives it back (M20, M22)
-- or pays a supplier (M45).
-- Reads: facts.bank_lines, matched.payment_lines, matched.name_pairs, matched.set_aside, matched.advances,
-- matched.allotments_out, matched.clawbacks, matched.claims_alone.
WITH debits AS (
    SELECT
        bank_line_id, unit_code, counterparty_key, counterparty_name,
        CONCAT(
            CASE WHEN LENGTH(counterparty_account_no) < 5 THEN '%' ELSE '' END,
            REGEXP_REPLACE(counterparty_account_no, '[^0-9]+', '%', 'g')
        ) AS visible
    FROM facts.bank_lines
    WHERE direction = 'out'
        AND bank_line_id NOT IN (SELECT v.bank_line_id FROM matched.advances AS v)
        AND bank_line_id NOT IN (SELECT x.bank_line_id FROM matched.set_aside AS x)
        AND bank_line_id NOT IN (SELECT c.bank_line_id FROM matched.claims_alone AS c)
        AND bank_line_id NOT IN (SELECT o.bank_line_id FROM matched.allotments_out AS o)
        AND bank_line_id NOT IN (SELECT k.bank_line_id FROM matched.clawbacks AS k)
),
payees AS (
    SELECT DISTINCT unit_code, card_key, payee_name, card_no
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
INNER JOIN matched.name_pairs AS n ON n.unit_code = d.unit_code AND n.bank_name = d.counterparty_name
INNER JOIN payees AS p ON p.unit_code = n.unit_code AND p.payee_name = n.book_name
WHERE d.counterparty_key IS NULL AND (d.visible = '' OR p.card_no LIKE d.visible)
UNION ALL
SELECT DISTINCT d.bank_line_id, p.card_key, TRUE
FROM debits AS d
INNER JOIN matched.name_pairs AS n ON n.unit_code = d.unit_code AND n.bank_name = d.counterparty_name
INNER JOIN cardless AS p ON p.unit_code = n.unit_code AND p.payee_name = n.book_name
ORDER BY bank_line_id, card_key
