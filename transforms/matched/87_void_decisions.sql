-- Decisions on bank lines that do not take effect, because what they rest on is no longer so.
-- Grain: one row per choice that stands and does not hold, with the first reason (void_code). unpaid: what a credit was
-- said to undo was not paid from its account before.
-- Reads: facts.choices, matched.decided, matched.returns, matched.bank_lines.
WITH reasons AS (
    SELECT d.row_id, d.bank_line_id, d.void_code FROM matched.decided AS d WHERE d.void_code IS NOT NULL
    UNION ALL
    SELECT d.row_id, d.bank_line_id, 'unpaid'
    FROM matched.decided AS d
    LEFT JOIN matched.returns AS r ON r.payment_id = d.payment_id AND r.bank_line_id = d.bank_line_id
    WHERE d.void_code IS NULL AND d.direction = 'in' AND d.payment_id IS NOT NULL AND r.payment_id IS NULL
),
firsts AS (
    SELECT row_id, MIN(bank_line_id) AS bank_line_id, MIN(void_code) AS void_code FROM reasons GROUP BY row_id
)
SELECT
    f.row_id, c.unit_code, c.item_id, COALESCE(c.candidate_id, '') AS candidate_id, c.bank_line_id, f.void_code,
    b.account_last4, b.value_on, b.direction, b.amount_yuan
FROM firsts AS f
INNER JOIN facts.choices AS c ON c.row_id = f.row_id
LEFT JOIN matched.bank_lines AS b ON b.bank_line_id = f.bank_line_id
ORDER BY f.row_id
