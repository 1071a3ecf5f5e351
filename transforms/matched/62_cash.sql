-- Cash: what was taken out of the funds in notes, and the same sum where it was paid in again later.
-- Grain: one row per bank line of a 专户, or of another account where its memo names the funds, that says cash and met
-- nothing else. A deposit that answers no such withdrawal is not explained by being cash; the bank's own fees are none.
-- Reads: facts.bank_lines, matched.line_words.
WITH cash AS (
    SELECT b.*
    FROM facts.bank_lines AS b
    INNER JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'cash'
    WHERE NOT EXISTS (
            SELECT 1 FROM matched.line_words AS f WHERE f.bank_line_id = b.bank_line_id AND f.purpose = 'fee'
        )
        AND (
            b.account_type = 'special'
            OR EXISTS (
                SELECT 1 FROM matched.line_words AS n
                WHERE n.bank_line_id = b.bank_line_id AND n.purpose = 'fund_words'
            )
        )
)
SELECT c.bank_line_id, c.amount_yuan, c.account_fund_source AS fund_source
FROM cash AS c
WHERE c.direction = 'out'
    OR EXISTS (
        SELECT 1 FROM cash AS o
        WHERE o.account_key = c.account_key AND o.direction = 'out' AND o.amount_yuan = c.amount_yuan
            AND o.value_on <= c.value_on
    )
ORDER BY c.bank_line_id
