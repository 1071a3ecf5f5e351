-- 国库清算: on a 零余额账户 what is paid out is put back the same day, so that nothing stays; the clearing side is no money.
-- Grain: one row per line that says 清算 on such an account: where all lines of the account and day come to nothing, every one
-- of them; else each that answers a line of its amount in the other direction.
-- Reads: facts.bank_lines, matched.line_words.
WITH days AS (
    SELECT
        b.bank_line_id, b.account_key, b.booked_on, b.direction, b.amount_yuan,
        EXISTS (
            SELECT 1 FROM matched.line_words AS w
            WHERE w.bank_line_id = b.bank_line_id AND w.purpose = 'treasury_clearing'
        ) AS is_clearing,
        SUM(CASE WHEN b.direction = 'in' THEN b.amount_yuan ELSE -b.amount_yuan END) OVER (
            PARTITION BY b.account_key, b.booked_on
        ) AS left_yuan
    FROM facts.bank_lines AS b
    WHERE b.account_type = 'zero_balance'
        AND NOT EXISTS (
            SELECT 1 FROM matched.line_words AS q WHERE q.bank_line_id = b.bank_line_id AND q.purpose = 'quota'
        )
),
placed AS (
    SELECT
        d.*,
        ROW_NUMBER() OVER (
            PARTITION BY d.account_key, d.booked_on, d.amount_yuan, d.direction, d.is_clearing ORDER BY d.bank_line_id
        ) AS place
    FROM days AS d
)
SELECT c.bank_line_id, c.amount_yuan
FROM placed AS c
LEFT JOIN placed AS o
    ON o.account_key = c.account_key AND o.booked_on = c.booked_on AND o.amount_yuan = c.amount_yuan
    AND o.direction <> c.direction AND NOT o.is_clearing AND o.place = c.place
WHERE c.is_clearing AND (c.left_yuan = 0 OR o.bank_line_id IS NOT NULL)
ORDER BY c.bank_line_id
