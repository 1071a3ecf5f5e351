-- Pairs that no pass looks at, and that a person may still find to belong together: what is open on both sides.
-- Grain: one row per open bank line and open payment or list of its unit, of one line the ten nearest. miss_code: why no
-- pass took it: too_far (the days), other_account (the name, not the account), other_payee (the amount alone, where few
-- share it), one_payee (a list of that sum, and a debit to one account), partial (the payee, and less than the line:
-- several may add up to it).
-- A debit outside a 专户 that names no funds is looked at where its payee says so. A credit: payments of its account and
-- amount to that payee, at any time before it. A line that people decided about is shown with what else it might have been.
-- Reads: matched.bank_lines, matched.payments, matched.batches, matched.name_pairs, matched.single_candidates,
-- matched.batch_candidates, matched.return_candidates, matched.decided, matched.windows.
WITH open_lines AS (
    SELECT *
    FROM matched.bank_lines
    WHERE classification IN ('unexplained', 'ambiguous') OR (classification = 'out_of_scope' AND direction = 'out')
        OR bank_line_id IN (SELECT d.bank_line_id FROM matched.decided AS d WHERE d.void_code IS NULL)
),
open_payments AS (
    SELECT p.*, COUNT(*) OVER (PARTITION BY p.unit_code, p.amount_yuan) AS alike_count
    FROM matched.payments AS p
    WHERE p.status IN ('unmatched', 'ambiguous')
),
paid AS (
    SELECT p.*, b.account_key
    FROM matched.payments AS p
    INNER JOIN matched.bank_lines AS b ON b.bank_line_id = p.bank_line_id
    WHERE p.status = 'paid'
),
payees AS ( -- who a line may go to or come from: by account, else by name
    SELECT b.bank_line_id, p.payment_id, TRUE AS is_same_account
    FROM open_lines AS b
    INNER JOIN open_payments AS p ON p.unit_code = b.unit_code AND p.card_key = b.counterparty_key
    WHERE b.direction = 'out'
    UNION
    SELECT b.bank_line_id, p.payment_id, COALESCE(p.card_key = b.counterparty_key, TRUE)
    FROM open_lines AS b
    INNER JOIN matched.name_pairs AS n ON n.unit_code = b.unit_code AND n.bank_name = b.counterparty_name
    INNER JOIN open_payments AS p ON p.unit_code = n.unit_code AND p.person_name = n.book_name
    WHERE b.direction = 'out'
),
pairs AS (
    SELECT b.bank_line_id, p.payment_id, CAST(NULL AS VARCHAR) AS batch_key, b.value_on, p.pay_on,
        CASE
            WHEN p.amount_yuan < b.amount_yuan THEN 'partial'
            WHEN y.is_same_account THEN 'too_far'
            ELSE 'other_account'
        END AS miss_code
    FROM payees AS y
    INNER JOIN open_lines AS b ON b.bank_line_id = y.bank_line_id
    INNER JOIN open_payments AS p ON p.payment_id = y.payment_id AND p.amount_yuan <= b.amount_yuan
    UNION ALL
    SELECT b.bank_line_id, p.payment_id, NULL, b.value_on, p.pay_on, 'other_payee'
    FROM open_lines AS b
    INNER JOIN open_payments AS p
        ON p.unit_code = b.unit_code AND p.amount_yuan = b.amount_yuan AND p.alike_count <= 10
    CROSS JOIN matched.windows AS w
    WHERE b.direction = 'out' AND b.classification <> 'out_of_scope'
        AND ABS(DATE_DIFF('day', p.pay_on, b.value_on)) <= w.single_days
        AND NOT EXISTS (
            SELECT 1 FROM payees AS y WHERE y.bank_line_id = b.bank_line_id AND y.payment_id = p.payment_id
        )
    UNION ALL
    SELECT b.bank_line_id, NULL, t.batch_key, b.value_on, t.last_pay_on,
        CASE WHEN ABS(DATE_DIFF('day', t.last_pay_on, b.value_on)) <= w.batch_days THEN 'one_payee' ELSE 'too_far' END
    FROM open_lines AS b
    INNER JOIN matched.batches AS t
        ON t.unit_code = b.unit_code AND (t.success_yuan = b.amount_yuan OR t.total_yuan = b.amount_yuan)
    CROSS JOIN matched.windows AS w
    WHERE b.direction = 'out' AND b.classification <> 'out_of_scope' AND t.bank_line_count = 0 AND t.single_count = 0
        AND t.line_count > 1
    UNION ALL
    SELECT b.bank_line_id, p.payment_id, NULL, b.value_on, p.value_on, 'too_far'
    FROM open_lines AS b
    INNER JOIN paid AS p
        ON p.account_key = b.account_key AND p.amount_yuan = b.amount_yuan AND p.value_on <= b.value_on
    LEFT JOIN matched.name_pairs AS n
        ON n.unit_code = b.unit_code AND n.bank_name = b.counterparty_name AND n.book_name = p.person_name
    WHERE b.direction = 'in' AND (p.card_key = b.counterparty_key OR n.book_name IS NOT NULL)
),
new_pairs AS (
    SELECT DISTINCT p.*, ABS(DATE_DIFF('day', p.pay_on, p.value_on)) AS days_apart
    FROM pairs AS p
    WHERE NOT EXISTS (
            SELECT 1 FROM matched.single_candidates AS s
            WHERE s.bank_line_id = p.bank_line_id AND s.payment_id = p.payment_id
        )
        AND NOT EXISTS (
            SELECT 1 FROM matched.batch_candidates AS c
            WHERE c.bank_line_id = p.bank_line_id AND c.batch_key = p.batch_key
        )
        AND NOT EXISTS (
            SELECT 1 FROM matched.return_candidates AS r
            WHERE r.bank_line_id = p.bank_line_id AND r.payment_id = p.payment_id
        )
),
placed AS (
    SELECT
        n.bank_line_id, n.payment_id, n.batch_key, n.days_apart, n.miss_code,
        ROW_NUMBER() OVER (
            PARTITION BY n.bank_line_id
            ORDER BY CASE n.miss_code
                WHEN 'too_far' THEN 0 WHEN 'one_payee' THEN 1 WHEN 'other_account' THEN 2 WHEN 'other_payee' THEN 3
                ELSE 4
            END, n.days_apart NULLS LAST, n.payment_id, n.batch_key
        ) AS place
    FROM new_pairs AS n
)
SELECT bank_line_id, payment_id, batch_key, days_apart, miss_code
FROM placed
WHERE place <= 10
ORDER BY bank_line_id, payment_id, batch_key
