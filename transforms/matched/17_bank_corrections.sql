-- M63 冲正: what the bank took back itself. A line that says so, and the line that it undoes: both count for nothing.
-- Grain: one row per correcting line. The other is the nearest before it within the window, of the same account and amount
-- in the other direction, and of the same counterparty as far as both show one (account, else name). A credit that speaks of
-- 退汇 as well is a return; a debit that does takes a return back: the payment stands. Several that are equally near are
-- paired in order.
-- Reads: facts.bank_lines, matched.line_words, matched.windows.
WITH corrections AS (
    SELECT b.*
    FROM facts.bank_lines AS b
    INNER JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'correction'
    WHERE b.direction = 'out' OR NOT EXISTS (
        SELECT 1 FROM matched.line_words AS r WHERE r.bank_line_id = b.bank_line_id AND r.purpose = 'return'
    )
),
candidates AS (
    SELECT
        c.bank_line_id, e.bank_line_id AS corrected_line_id, c.amount_yuan, c.value_on, e.value_on AS corrected_on,
        CASE
            WHEN c.counterparty_key = e.counterparty_key THEN 0
            WHEN c.counterparty_name = e.counterparty_name THEN 1
            ELSE 2
        END AS evidence_rank,
        DATE_DIFF('day', e.value_on, c.value_on) AS days_later
    FROM corrections AS c
    INNER JOIN facts.bank_lines AS e
        ON e.account_key = c.account_key AND e.amount_yuan = c.amount_yuan AND e.direction <> c.direction
    CROSS JOIN matched.windows AS w
    WHERE DATE_DIFF('day', e.value_on, c.value_on) BETWEEN 0 AND w.correction_days
        AND COALESCE(c.counterparty_key = e.counterparty_key, TRUE)
        AND (c.counterparty_key IS NOT NULL OR COALESCE(c.counterparty_name = e.counterparty_name, TRUE))
        AND NOT EXISTS (SELECT 1 FROM corrections AS o WHERE o.bank_line_id = e.bank_line_id)
),
ranked AS (
    SELECT
        c.*,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.days_later) AS line_rank,
        RANK() OVER (PARTITION BY c.corrected_line_id ORDER BY c.evidence_rank, c.days_later) AS correction_rank
    FROM candidates AS c
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.corrected_on, r.corrected_line_id) AS line_no,
        ROW_NUMBER() OVER (PARTITION BY r.corrected_line_id ORDER BY r.value_on, r.bank_line_id) AS correction_no
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.correction_rank = 1
)
SELECT bank_line_id, corrected_line_id, amount_yuan
FROM mutual
WHERE line_no = correction_no
ORDER BY bank_line_id
