-- What the bank shows of held lines: nobody can say yet what these bank lines are, and the held line tells it.
-- Grain: one row per bank line that would otherwise be unexplained and held line that it shows: one that it fits (the payee's
-- account and amount, else his name and amount, near its date; the n-th to the n-th), or each of a list that it pays and of
-- which every line is held.
-- Reads: matched.bank_lines, matched.payment_lines, matched.held_lines, matched.batches, matched.batch_debits,
-- matched.windows.
WITH open_lines AS (
    SELECT b.*, REPLACE(b.counterparty_name, ' ', '') AS plain_name
    FROM matched.bank_lines AS b
    WHERE b.classification = 'unexplained'
),
held AS (
    SELECT l.*, REPLACE(l.payee_name, ' ', '') AS plain_payee FROM matched.payment_lines AS l WHERE l.is_held AND l.is_counted
),
candidates AS (
    SELECT
        b.bank_line_id, b.direction, h.payment_id, h.row_id, b.value_on, h.pay_on,
        CASE WHEN b.counterparty_key = h.card_key THEN 0 ELSE 1 END AS evidence_rank
    FROM open_lines AS b
    INNER JOIN held AS h
        ON h.unit_code = b.unit_code AND h.amount_yuan = b.amount_yuan
        AND (b.counterparty_key = h.card_key OR b.plain_name = h.plain_payee)
    CROSS JOIN matched.windows AS w
    WHERE h.pay_on IS NULL
        OR ABS(DATE_DIFF('day', h.pay_on, b.value_on))
            <= CASE WHEN b.direction = 'out' THEN w.single_days ELSE w.single_days + w.return_days END
),
ranked AS (
    SELECT
        c.*,
        DENSE_RANK() OVER (
            PARTITION BY c.payment_id, c.direction ORDER BY c.evidence_rank, c.value_on, c.bank_line_id
        ) AS line_no,
        DENSE_RANK() OVER (
            PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.pay_on, c.payment_id
        ) AS payment_no
    FROM candidates AS c
),
whole_lists AS (
    SELECT d.bank_line_id, h.row_id
    FROM matched.batches AS t
    INNER JOIN (
        SELECT batch_key, bank_line_id FROM matched.batch_debits WHERE pass = 'M30'
    ) AS d ON d.batch_key = t.batch_key
    INNER JOIN open_lines AS b ON b.bank_line_id = d.bank_line_id
    LEFT JOIN matched.held_lines AS h ON h.unit_code = t.unit_code AND h.batch_no = t.batch_no
    WHERE t.line_count = 0
)
SELECT bank_line_id, row_id FROM ranked WHERE line_no = payment_no
UNION
SELECT bank_line_id, row_id FROM whole_lists
ORDER BY bank_line_id, row_id
