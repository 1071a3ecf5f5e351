-- Every pair of a bank line and a payment or list that was looked at, with its evidence.
-- Grain: one row per bank line and payment (batch_key NULL) or list (payment_id NULL). strength: 0 is the strongest;
-- pairs are ordered by it, then by days_apart. Of a credit the twenty strongest payments, and those that it undoes.
-- miss_code: of what no pass looked at (near_misses).
-- Reads: matched.single_candidates, matched.batch_links, matched.payee_debits, matched.batch_candidates,
-- matched.batch_debits, matched.return_candidates, matched.returns, matched.near_misses, matched.decided,
-- matched.batch_totals, matched.payment_lines, matched.name_pairs, facts.bank_lines.
WITH undoing AS (
    SELECT
        c.*, 40 + 8 * (c.card_rank + c.name_rank) + 2 * c.result_rank + c.memo_rank AS strength,
        ROW_NUMBER() OVER (
            PARTITION BY c.bank_line_id
            ORDER BY c.card_rank + c.name_rank, c.result_rank, c.memo_rank, c.days_later, c.payment_id
        ) AS place
    FROM matched.return_candidates AS c
),
pairs AS (
    SELECT bank_line_id, payment_id, CAST(NULL AS VARCHAR) AS batch_key, 'M40.single' AS rule,
        20 + evidence_rank AS strength, NULLIF(days_apart, 1000) AS days_apart, CAST(NULL AS VARCHAR) AS miss_code
    FROM matched.single_candidates
    UNION ALL
    SELECT k.bank_line_id, NULL, k.batch_key, 'M30.batch',
        CASE WHEN k.amount_yuan = t.success_yuan OR k.amount_yuan = t.total_yuan THEN 10 ELSE 19 END,
        CASE WHEN k.value_on BETWEEN t.first_pay_on AND t.last_pay_on THEN 0
            WHEN k.value_on < t.first_pay_on THEN DATE_DIFF('day', k.value_on, t.first_pay_on)
            ELSE DATE_DIFF('day', t.last_pay_on, k.value_on)
        END, NULL
    FROM matched.batch_links AS k
    INNER JOIN matched.batch_totals AS t ON t.batch_key = k.batch_key
    WHERE k.bank_line_id NOT IN (SELECT d.bank_line_id FROM matched.payee_debits AS d)
    UNION ALL
    SELECT bank_line_id, NULL, batch_key, 'M30.batch',
        30 + 4 * CAST(is_unanswered AS INTEGER) + 2 * CAST(is_total_only AS INTEGER) + CAST(is_silent AS INTEGER),
        NULLIF(days_apart, 1000), NULL
    FROM matched.batch_candidates
    UNION ALL
    SELECT d.bank_line_id, NULL, d.batch_key, CASE WHEN d.pass = 'M64' THEN 'M64.reimbursement' ELSE 'M30.batch' END, 11,
        NULL, NULL
    FROM matched.batch_debits AS d
    UNION ALL
    SELECT r.bank_line_id, r.payment_id, NULL, 'M50.return', r.strength, r.days_later, NULL
    FROM undoing AS r
    LEFT JOIN matched.returns AS x ON x.payment_id = r.payment_id AND x.bank_line_id = r.bank_line_id
    WHERE r.place <= 20 OR x.payment_id IS NOT NULL
    UNION ALL
    SELECT bank_line_id, payment_id, batch_key, 'M05.decided',
        CASE miss_code
            WHEN 'too_far' THEN 90 WHEN 'one_payee' THEN 91 WHEN 'other_account' THEN 92 WHEN 'other_payee' THEN 93
            ELSE 94
        END, days_apart, miss_code
    FROM matched.near_misses
    UNION ALL -- what people paired, whether a pass has looked at it or not
    SELECT DISTINCT
        d.bank_line_id, CASE WHEN NOT d.is_list THEN d.payment_id END, CASE WHEN d.is_list THEN d.batch_key END,
        'M05.decided', 0, ABS(DATE_DIFF('day', l.pay_on, b.value_on)), NULL
    FROM matched.decided AS d
    INNER JOIN facts.bank_lines AS b ON b.bank_line_id = d.bank_line_id
    LEFT JOIN matched.payment_lines AS l ON l.payment_id = d.payment_id AND NOT d.is_list
    WHERE d.void_code IS NULL AND d.payment_id IS NOT NULL
),
once AS (
    SELECT
        p.*,
        ROW_NUMBER() OVER (
            PARTITION BY p.bank_line_id, p.payment_id, p.batch_key ORDER BY p.strength, p.days_apart, p.rule
        ) AS choice
    FROM pairs AS p
)
SELECT
    o.bank_line_id, o.payment_id, o.batch_key, b.unit_code, b.direction, o.rule, o.strength, o.days_apart, o.miss_code,
    COALESCE(b.counterparty_key = l.card_key, FALSE) AS is_same_account,
    n.book_name IS NOT NULL OR COALESCE(STRPOS(b.memo, l.person_name) > 0, FALSE) AS is_same_name,
    COALESCE(b.amount_yuan = l.amount_yuan, b.amount_yuan = t.success_yuan OR b.amount_yuan = t.total_yuan)
        AS is_same_amount,
    COALESCE(STRPOS(b.memo, COALESCE(l.batch_no, t.batch_no)) > 0 OR STRPOS(b.memo, t.bank_batch_no) > 0, FALSE)
        AS is_number_named
FROM once AS o
INNER JOIN facts.bank_lines AS b ON b.bank_line_id = o.bank_line_id
LEFT JOIN matched.payment_lines AS l ON l.payment_id = o.payment_id
LEFT JOIN matched.batch_totals AS t ON t.batch_key = o.batch_key
LEFT JOIN matched.name_pairs AS n
    ON n.unit_code = b.unit_code AND n.bank_name = b.counterparty_name AND n.book_name = l.payee_name
WHERE o.choice = 1
ORDER BY o.bank_line_id, o.payment_id, o.batch_key
