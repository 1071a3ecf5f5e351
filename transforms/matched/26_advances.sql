-- M65 垫付: debits by which the unit paid lists before the account of the funds paid it back. They are no use of the funds.
-- Grain: one row per list and debit. Of a list that was reimbursed: the debit of another account that is its total or its
-- successes near its date, else the debits to its payees there. Of a list that still waits for its 归垫: only debits that
-- say 垫付, on an account that is no 专户 of a unit that has one.
-- Reads: matched.reimbursements, matched.reimbursing_transfers, matched.batch_totals, matched.payment_lines,
-- facts.bank_lines, facts.accounts, matched.decided, matched.set_aside, matched.allotments_out, matched.line_words, matched.windows.
WITH lists AS (
    SELECT
        b.batch_key, b.unit_code, b.batch_no, b.bank_batch_no, b.success_yuan, b.total_yuan, b.first_pay_on,
        b.last_pay_on, r.bank_line_id AS reimbursing_line_id, r.value_on AS reimbursed_on,
        t.account_key AS fund_account_key
    FROM matched.batch_totals AS b
    LEFT JOIN matched.reimbursements AS r ON r.batch_key = b.batch_key
    LEFT JOIN matched.reimbursing_transfers AS t ON t.bank_line_id = r.bank_line_id
    WHERE NOT EXISTS (SELECT 1 FROM matched.decided AS x WHERE x.batch_key = b.batch_key AND x.void_code IS NULL)
),
debits AS (
    SELECT b.bank_line_id, b.unit_code, b.account_key, b.account_type, b.value_on, b.amount_yuan, b.memo, b.counterparty_key,
        b.counterparty_name, w.bank_line_id IS NOT NULL AS has_word
    FROM facts.bank_lines AS b
    LEFT JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'advance'
    WHERE b.direction = 'out'
        AND b.bank_line_id NOT IN (SELECT x.bank_line_id FROM matched.set_aside AS x)
        AND b.bank_line_id NOT IN (SELECT o.bank_line_id FROM matched.allotments_out AS o)
        AND b.bank_line_id NOT IN (SELECT t.bank_line_id FROM matched.reimbursing_transfers AS t)
),
pairs AS (
    SELECT l.*, d.bank_line_id, d.amount_yuan, d.value_on, d.memo, d.has_word, d.counterparty_key, d.counterparty_name
    FROM lists AS l
    INNER JOIN debits AS d
        ON d.unit_code = l.unit_code AND d.account_key <> l.fund_account_key AND d.value_on <= l.reimbursed_on
    WHERE l.reimbursed_on IS NOT NULL
    UNION ALL
    SELECT l.*, d.bank_line_id, d.amount_yuan, d.value_on, d.memo, d.has_word, d.counterparty_key, d.counterparty_name
    FROM debits AS d
    INNER JOIN lists AS l ON l.unit_code = d.unit_code AND l.reimbursed_on IS NULL
    WHERE d.has_word AND d.account_type <> 'special'
        AND EXISTS (SELECT 1 FROM facts.accounts AS a WHERE a.unit_code = d.unit_code AND a.account_type = 'special')
),
possible AS (
    SELECT p.*
    FROM pairs AS p
    CROSS JOIN matched.windows AS w
    WHERE p.first_pay_on IS NULL
        OR (
            DATE_DIFF('day', p.value_on, p.first_pay_on) <= w.batch_days
            AND DATE_DIFF('day', p.last_pay_on, p.value_on) <= w.batch_days
        )
),
wholes AS (
    SELECT
        p.*,
        CASE WHEN STRPOS(p.memo, p.batch_no) > 0 OR STRPOS(p.memo, p.bank_batch_no) > 0 THEN 0 ELSE 1 END AS is_unnamed,
        ABS(DATE_DIFF('day', COALESCE(p.last_pay_on, p.value_on), p.value_on)) AS days_apart
    FROM possible AS p
    WHERE p.amount_yuan = p.success_yuan OR p.amount_yuan = p.total_yuan
),
ranked AS (
    SELECT
        w.*,
        ROW_NUMBER() OVER (
            PARTITION BY w.batch_key
            ORDER BY w.is_unnamed, CASE WHEN w.has_word THEN 0 ELSE 1 END, w.days_apart, w.value_on, w.bank_line_id
        ) AS line_place,
        ROW_NUMBER() OVER (
            PARTITION BY w.bank_line_id
            ORDER BY w.is_unnamed, CASE WHEN w.reimbursed_on IS NULL THEN 1 ELSE 0 END, w.days_apart, w.first_pay_on,
                w.batch_key
        ) AS batch_place
    FROM wholes AS w
),
whole AS (
    SELECT * FROM ranked WHERE line_place = 1 AND batch_place = 1
),
singles AS (
    SELECT
        p.batch_key, p.bank_line_id, p.amount_yuan, p.value_on, p.reimbursing_line_id,
        ROW_NUMBER() OVER (
            PARTITION BY p.bank_line_id ORDER BY p.first_pay_on, p.batch_key, l.payment_id
        ) AS line_place,
        ROW_NUMBER() OVER (PARTITION BY l.payment_id ORDER BY p.value_on, p.bank_line_id) AS debit_place
    FROM possible AS p
    INNER JOIN matched.payment_lines AS l
        ON CONCAT(l.unit_code, '|', l.batch_no) = p.batch_key AND NOT l.is_held AND l.amount_yuan = p.amount_yuan
        AND (p.counterparty_key = l.card_key OR (p.counterparty_key IS NULL AND p.counterparty_name = l.payee_name))
    WHERE NOT EXISTS (SELECT 1 FROM whole AS w WHERE w.batch_key = p.batch_key OR w.bank_line_id = p.bank_line_id)
)
SELECT batch_key, bank_line_id, amount_yuan, value_on, reimbursing_line_id FROM whole
UNION ALL
SELECT batch_key, bank_line_id, amount_yuan, value_on, reimbursing_line_id
FROM singles
WHERE line_place = 1 AND debit_place = 1
ORDER BY batch_key, bank_line_id
