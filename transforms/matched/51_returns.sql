-- M50: the payment that a returning credit undoes: the line that a result file calls 退汇, else the one whose batch number
-- the memo names, else the latest earlier payment to that account; then by name.
-- Grain: one row per returned payment. A credit and a payment are used once; what is equally near on both sides is
-- paired in order.
-- Reads: matched.return_candidates.
WITH ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.bank_line_id) AS candidate_count,
        RANK() OVER (
            PARTITION BY c.bank_line_id
            ORDER BY c.card_rank + c.name_rank, c.result_rank, c.memo_rank, c.days_later
        ) AS payment_rank,
        RANK() OVER (
            PARTITION BY c.payment_id
            ORDER BY c.card_rank + c.name_rank, c.result_rank, c.memo_rank, c.days_later
        ) AS credit_rank
    FROM matched.return_candidates AS c
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.paid_on, r.payment_id) AS payment_no,
        ROW_NUMBER() OVER (PARTITION BY r.payment_id ORDER BY r.credited_on, r.bank_line_id) AS credit_no
    FROM ranked AS r
    WHERE r.payment_rank = 1 AND r.credit_rank = 1
)
SELECT payment_id, bank_line_id, credited_on, amount_yuan, candidate_count
FROM mutual
WHERE payment_no = credit_no
ORDER BY payment_id
