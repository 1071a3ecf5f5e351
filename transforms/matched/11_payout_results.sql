-- What the bank said of each line of a list.
-- Grain: one row per payout result line; payment_id is NULL where no line of a list answers it.
-- A result that names its batch answers a line of that batch; one that names none, of the lists with that card and amount
-- the one that most of the results of its payment speak of, of equal ones the nearest, one without a date last.
-- Of equal lines (card and amount agree) the n-th result answers the n-th line, one in the books before one that is held.
-- A line that is held or states no card is answered by payee and amount, where no card decides it.
-- Reads: facts.payouts, matched.payment_lines, matched.windows.
WITH results AS (
    SELECT row_id, unit_code, batch_no, bank_batch_no, card_key, amount_yuan, result_status, processed_on,
        REPLACE(payee_name, ' ', '') AS payee_name
    FROM facts.payouts
),
lines AS (
    SELECT *, REPLACE(payee_name, ' ', '') AS plain_payee FROM matched.payment_lines WHERE is_counted
),
batches AS (
    SELECT unit_code, batch_no, card_key, amount_yuan, MIN(pay_on) AS pay_on
    FROM lines
    GROUP BY unit_code, batch_no, card_key, amount_yuan
),
candidates AS (
    SELECT r.row_id, b.batch_no, ABS(DATE_DIFF('day', b.pay_on, r.processed_on)) AS days_apart,
        COUNT(*) OVER (
            PARTITION BY r.unit_code, COALESCE(r.bank_batch_no, CAST(r.processed_on AS VARCHAR)), b.batch_no
        ) AS answered
    FROM results AS r
    INNER JOIN batches AS b
        ON b.unit_code = r.unit_code AND b.card_key = r.card_key AND b.amount_yuan = r.amount_yuan
    CROSS JOIN matched.windows AS w
    WHERE r.batch_no IS NULL
        AND COALESCE(ABS(DATE_DIFF('day', b.pay_on, r.processed_on)), 0) <= w.batch_days
),
near AS (
    SELECT row_id, batch_no,
        ROW_NUMBER() OVER (PARTITION BY row_id ORDER BY answered DESC, days_apart NULLS LAST, batch_no) AS nearness
    FROM candidates
),
placed AS (
    SELECT r.*, COALESCE(r.batch_no, n.batch_no) AS answered_batch_no
    FROM results AS r
    LEFT JOIN near AS n ON n.row_id = r.row_id AND n.nearness = 1
),
numbered_results AS (
    SELECT
        p.*,
        ROW_NUMBER() OVER (
            PARTITION BY p.unit_code, p.answered_batch_no, p.card_key, p.amount_yuan, p.result_status
            ORDER BY p.processed_on, p.row_id
        ) AS n
    FROM placed AS p
),
numbered_lines AS (
    SELECT
        payment_id, unit_code, batch_no, card_key, amount_yuan,
        ROW_NUMBER() OVER (
            PARTITION BY unit_code, batch_no, card_key, amount_yuan
            ORDER BY CASE WHEN is_held THEN 1 ELSE 0 END, pay_on, payment_id
        ) AS n
    FROM lines
),
by_card AS (
    SELECT r.row_id, l.payment_id
    FROM numbered_results AS r
    INNER JOIN numbered_lines AS l
        ON l.unit_code = r.unit_code AND l.batch_no = r.answered_batch_no AND l.card_key = r.card_key
        AND l.amount_yuan = r.amount_yuan AND l.n = r.n
),
left_results AS (
    SELECT
        p.*,
        ROW_NUMBER() OVER (
            PARTITION BY p.unit_code, p.answered_batch_no, p.payee_name, p.amount_yuan, p.result_status
            ORDER BY p.processed_on, p.row_id
        ) AS n
    FROM placed AS p
    WHERE NOT EXISTS (SELECT 1 FROM by_card AS c WHERE c.row_id = p.row_id)
),
left_lines AS (
    SELECT
        l.payment_id, l.unit_code, l.batch_no, l.plain_payee, l.amount_yuan,
        ROW_NUMBER() OVER (
            PARTITION BY l.unit_code, l.batch_no, l.plain_payee, l.amount_yuan
            ORDER BY CASE WHEN l.is_held THEN 1 ELSE 0 END, l.pay_on, l.payment_id
        ) AS n
    FROM lines AS l
    WHERE (l.is_held OR l.card_key IS NULL)
        AND NOT EXISTS (SELECT 1 FROM by_card AS c WHERE c.payment_id = l.payment_id)
)
SELECT
    r.row_id, r.unit_code, r.answered_batch_no AS batch_no, r.bank_batch_no, r.card_key, r.amount_yuan,
    r.result_status, r.processed_on, COALESCE(c.payment_id, l.payment_id) AS payment_id
FROM placed AS r
LEFT JOIN by_card AS c ON c.row_id = r.row_id
LEFT JOIN left_results AS p ON p.row_id = r.row_id
LEFT JOIN left_lines AS l
    ON l.unit_code = p.unit_code AND l.batch_no = p.answered_batch_no AND l.plain_payee = p.payee_name
    AND l.amount_yuan = p.amount_yuan AND l.n = p.n
ORDER BY r.row_id
