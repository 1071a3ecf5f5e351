-- M52 退款: what a payee gives back of a payment, less than the whole (the whole is a return, M50).
-- Grain: one row per refunding credit. It says that it gives back, comes from the payee's account (where the bank shows none,
-- from his name, with every digit that shows; not from either of two namesakes) and undoes a part of the latest earlier
-- payment to him within the window that has not come back as a whole. Where payments of the same day differ in source,
-- notice, category or year nobody can say which is meant; nor where refunds come to more than the payment.
-- Reads: facts.bank_lines, matched.line_words, matched.paid, matched.payment_lines, matched.name_pairs, matched.receipts,
-- matched.allotments_in, matched.clawbacks, matched.return_candidates, matched.returns, matched.set_aside, matched.windows.
WITH credits AS (
    SELECT
        b.*,
        CONCAT(
            CASE WHEN LENGTH(b.counterparty_account_no) < 5 THEN '%' ELSE '' END,
            REGEXP_REPLACE(b.counterparty_account_no, '[^0-9]+', '%', 'g')
        ) AS visible
    FROM facts.bank_lines AS b
    WHERE b.direction = 'in'
        AND EXISTS (
            SELECT 1 FROM matched.line_words AS w
            WHERE w.bank_line_id = b.bank_line_id AND w.purpose IN ('refund', 'return')
        )
        AND NOT EXISTS (SELECT 1 FROM matched.set_aside AS x WHERE x.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.receipts AS r WHERE r.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.allotments_in AS i WHERE i.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.clawbacks AS k WHERE k.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.return_candidates AS c WHERE c.bank_line_id = b.bank_line_id)
),
payees AS ( -- by account, else by name: to look at every pair of an account would be work without end
    SELECT c.bank_line_id, l.payment_id
    FROM credits AS c
    INNER JOIN matched.payment_lines AS l ON l.card_key = c.counterparty_key
    UNION
    SELECT c.bank_line_id, l.payment_id
    FROM credits AS c
    INNER JOIN matched.name_pairs AS n ON n.unit_code = c.unit_code AND n.bank_name = c.counterparty_name
    INNER JOIN matched.payment_lines AS l ON l.payee_name = n.book_name
    WHERE c.counterparty_key IS NULL AND COALESCE(c.visible = '' OR l.card_no LIKE c.visible, TRUE)
),
candidates AS (
    SELECT
        c.bank_line_id, c.amount_yuan, c.value_on AS credited_on, p.payment_id, p.amount_yuan AS paid_yuan,
        CONCAT_WS('|', l.fund_source, COALESCE(l.notice_no, ''), l.aid_category, l.budget_year) AS nature,
        COALESCE(l.card_key, l.payee_name) AS payee_key,
        DENSE_RANK() OVER (PARTITION BY c.bank_line_id ORDER BY p.value_on DESC) AS day_rank,
        ROW_NUMBER() OVER (PARTITION BY c.bank_line_id ORDER BY p.value_on DESC, p.payment_id) AS choice,
        COUNT(*) OVER (PARTITION BY c.bank_line_id) AS candidate_count
    FROM payees AS y
    INNER JOIN credits AS c ON c.bank_line_id = y.bank_line_id
    INNER JOIN matched.paid AS p
        ON p.payment_id = y.payment_id AND p.account_key = c.account_key AND p.amount_yuan > c.amount_yuan
        AND p.value_on <= c.value_on
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    CROSS JOIN matched.windows AS w
    WHERE DATE_DIFF('day', p.value_on, c.value_on) <= w.return_days
        AND NOT EXISTS (SELECT 1 FROM matched.returns AS r WHERE r.payment_id = p.payment_id)
),
clear AS (
    SELECT bank_line_id
    FROM candidates
    GROUP BY bank_line_id
    HAVING COUNT(DISTINCT CASE WHEN day_rank = 1 THEN nature END) = 1 AND COUNT(DISTINCT payee_key) = 1
),
chosen AS (
    SELECT
        c.bank_line_id, c.payment_id, c.amount_yuan, c.credited_on, c.paid_yuan, c.candidate_count,
        SUM(c.amount_yuan) OVER (PARTITION BY c.payment_id) AS given_back_yuan
    FROM candidates AS c
    INNER JOIN clear AS k ON k.bank_line_id = c.bank_line_id
    WHERE c.choice = 1
)
SELECT bank_line_id, payment_id, amount_yuan, credited_on, candidate_count
FROM chosen
WHERE given_back_yuan < paid_yuan
ORDER BY bank_line_id
