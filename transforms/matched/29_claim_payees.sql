-- Bank lines with a supplier, or with an enterprise that was visited, on the other side: by form never a list.
-- Grain: one row per bank line and payee. By the account that the purchase states; by name (name_pairs) where it states
-- none, or the bank hides the account: then together with whatever digits are visible.
-- Reads: facts.bank_lines, matched.payables, matched.name_pairs.
WITH lines AS (
    SELECT
        bank_line_id, unit_code, direction, counterparty_key, counterparty_name,
        CONCAT(
            CASE WHEN LENGTH(counterparty_account_no) < 5 THEN '%' ELSE '' END,
            REGEXP_REPLACE(counterparty_account_no, '[^0-9]+', '%', 'g')
        ) AS visible
    FROM facts.bank_lines
),
payees AS (
    SELECT DISTINCT unit_code, payee_name, payee_account_no, payee_account_key FROM matched.payables
),
known AS (
    SELECT l.bank_line_id, l.direction, p.payee_name, 0 AS is_name_only
    FROM lines AS l
    INNER JOIN payees AS p ON p.unit_code = l.unit_code AND p.payee_account_key = l.counterparty_key
    UNION ALL
    SELECT l.bank_line_id, l.direction, p.payee_name, 1
    FROM lines AS l
    INNER JOIN matched.name_pairs AS n ON n.unit_code = l.unit_code AND n.bank_name = l.counterparty_name
    INNER JOIN payees AS p ON p.unit_code = n.unit_code AND p.payee_name = n.book_name
    WHERE p.payee_account_key IS NULL
        OR (l.counterparty_key IS NULL AND (l.visible = '' OR p.payee_account_no LIKE l.visible))
)
SELECT bank_line_id, direction, payee_name, MIN(is_name_only) = 1 AS is_by_name
FROM known
GROUP BY bank_line_id, direction, payee_name
ORDER BY bank_line_id, payee_name
