-- Which kinds of words a bank line's memo or counterparty carries.
-- Grain: one row per bank line and purpose.
-- Reads: facts.bank_lines, policy.terms.
SELECT DISTINCT b.bank_line_id, t.purpose
FROM facts.bank_lines AS b
INNER JOIN policy.terms AS t
    ON STRPOS(CONCAT(b.memo, ' ', COALESCE(b.counterparty_name, '')), t.term) > 0
ORDER BY b.bank_line_id, t.purpose
