-- M50: the payment that a returning credit undoes: the line that a result file calls 退汇, else the one whose batch number
-- the memo names, else the latest earlier payment to that account; then by name.
-- Grain: one row per returned payment. A credit and a payment are used once. As many credits as payments that are alike in
-- payee account, source, notice and category all come back: they are paired in order of time. Else the nearest on both
-- sides; of equally near ones that are not alike none is taken (the credit is ambiguous). First of all what people have
-- decided (M05), where all that the credit is to undo was paid before from its account.
-- Reads: matched.return_candidates, matched.decided, matched.paid, facts.bank_lines.
WITH chosen AS (
    SELECT
        d.bank_line_id, d.payment_id, d.amount_yuan, b.value_on AS credited_on, p.payment_id IS NOT NULL AS was_paid
    FROM matched.decided AS d
    INNER JOIN facts.bank_lines AS b ON b.bank_line_id = d.bank_line_id
    LEFT JOIN matched.paid AS p
        ON p.payment_id = d.payment_id AND p.account_key = b.account_key AND p.value_on <= b.value_on
    WHERE d.direction = 'in' AND d.payment_id IS NOT NULL AND d.void_code IS NULL
),
decided AS (
    SELECT c.*
    FROM chosen AS c
    WHERE NOT EXISTS (SELECT 1 FROM chosen AS o WHERE o.bank_line_id = c.bank_line_id AND NOT o.was_paid)
),
candidates AS (
    SELECT c.*
    FROM matched.return_candidates AS c
    WHERE NOT EXISTS (SELECT 1 FROM decided AS d WHERE d.payment_id = c.payment_id)
),
only_natures AS (
    SELECT bank_line_id, MIN(nature) AS nature
    FROM candidates
    GROUP BY bank_line_id
    HAVING COUNT(DISTINCT nature) = 1
),
credits AS (
    SELECT DISTINCT c.nature, c.amount_yuan, c.bank_line_id, c.credited_on
    FROM candidates AS c
    INNER JOIN only_natures AS o ON o.bank_line_id = c.bank_line_id
),
payments AS (
    SELECT DISTINCT nature, amount_yuan, payment_id, paid_on FROM candidates
),
placed_credits AS (
    SELECT
        c.*,
        ROW_NUMBER() OVER (PARTITION BY c.nature, c.amount_yuan ORDER BY c.credited_on, c.bank_line_id) AS place,
        COUNT(*) OVER (PARTITION BY c.nature, c.amount_yuan) AS n
    FROM credits AS c
),
placed_payments AS (
    SELECT
        p.*,
        ROW_NUMBER() OVER (PARTITION BY p.nature, p.amount_yuan ORDER BY p.paid_on, p.payment_id) AS place,
        COUNT(*) OVER (PARTITION BY p.nature, p.amount_yuan) AS n
    FROM payments AS p
),
pairs AS (
    SELECT
        p.payment_id, c.bank_line_id, c.credited_on, c.amount_yuan, c.n,
        COUNT(t.payment_id) OVER (PARTITION BY c.nature, c.amount_yuan) AS pairs_that_fit
    FROM placed_credits AS c
    INNER JOIN placed_payments AS p
        ON p.nature = c.nature AND p.amount_yuan = c.amount_yuan AND p.place = c.place AND p.n = c.n
    LEFT JOIN candidates AS t ON t.payment_id = p.payment_id AND t.bank_line_id = c.bank_line_id
),
in_order AS (
    SELECT payment_id, bank_line_id, credited_on, amount_yuan, n AS candidate_count FROM pairs WHERE pairs_that_fit = n
),
ranked AS (
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
    FROM candidates AS c
    WHERE c.payment_id NOT IN (SELECT o.payment_id FROM in_order AS o)
        AND c.bank_line_id NOT IN (SELECT o.bank_line_id FROM in_order AS o)
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.paid_on, r.payment_id) AS payment_no,
        ROW_NUMBER() OVER (PARTITION BY r.payment_id ORDER BY r.credited_on, r.bank_line_id) AS credit_no,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) AS payments_alike,
        COUNT(*) OVER (PARTITION BY r.payment_id) AS credits_alike,
        MIN(r.nature) OVER (PARTITION BY r.bank_line_id) AS least_nature,
        MAX(r.nature) OVER (PARTITION BY r.bank_line_id) AS greatest_nature
    FROM ranked AS r
    WHERE r.payment_rank = 1 AND r.credit_rank = 1
)
SELECT payment_id, bank_line_id, credited_on, amount_yuan, 1 AS candidate_count FROM decided
UNION ALL
SELECT payment_id, bank_line_id, credited_on, amount_yuan, candidate_count FROM in_order
UNION ALL
SELECT payment_id, bank_line_id, credited_on, amount_yuan, candidate_count
FROM mutual
WHERE payment_no = credit_no AND (payments_alike = credits_alike OR least_nature = greatest_nature)
ORDER BY payment_id
