-- Which kinds of words a bank line's memo or counterparty carries.
-- Grain: one row per bank line and purpose. Each memo and each name is looked at once, however often it occurs; together, with
-- a space between them, only beside words that have one.
-- Reads: facts.bank_lines, policy.terms.
WITH memo_words AS (
    SELECT DISTINCT m.memo, t.purpose
    FROM (SELECT DISTINCT memo FROM facts.bank_lines) AS m
    INNER JOIN policy.terms AS t ON STRPOS(m.memo, t.term) > 0
),
name_words AS (
    SELECT DISTINCT n.counterparty_name, t.purpose
    FROM (SELECT DISTINCT counterparty_name FROM facts.bank_lines) AS n
    INNER JOIN policy.terms AS t ON STRPOS(n.counterparty_name, t.term) > 0
)
SELECT b.bank_line_id, w.purpose
FROM facts.bank_lines AS b
INNER JOIN memo_words AS w ON w.memo = b.memo
UNION
SELECT b.bank_line_id, w.purpose
FROM facts.bank_lines AS b
INNER JOIN name_words AS w ON w.counterparty_name = b.counterparty_name
UNION
SELECT b.bank_line_id, t.purpose
FROM facts.bank_lines AS b
INNER JOIN policy.terms AS t ON STRPOS(CONCAT(b.memo, ' ', COALESCE(b.counterparty_name, '')), t.term) > 0
WHERE STRPOS(t.term, ' ') > 0
ORDER BY bank_line_id, purpose
