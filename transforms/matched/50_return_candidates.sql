-- Credits that may undo a payment.
-- Grain: one row per open credit and earlier payment of the same account and amount within the window. The credit must show
-- it: by the payee's account, or by a word for 退汇 together with the payee's name, the batch number or a result that says
-- 退汇. A line called 失败 that the bank debited with its list all the same comes back in this way too.
-- Reads: facts.bank_lines, matched.paid, matched.batches, matched.batch_debits, matched.payment_lines, matched.line_results,
-- matched.line_words, matched.set_aside, matched.receipts, matched.allotments_in, matched.clawbacks, matched.sums,
-- matched.windows.
WITH credits AS (
    SELECT b.*, w.bank_line_id IS NOT NULL AS has_return_word
    FROM facts.bank_lines AS b
    LEFT JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'return'
    WHERE b.direction = 'in'
        AND NOT EXISTS (SELECT 1 FROM matched.set_aside AS x WHERE x.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.receipts AS r WHERE r.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.allotments_in AS i WHERE i.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.clawbacks AS k WHERE k.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.sums AS s WHERE s.bank_line_id = b.bank_line_id)
),
sent AS (
    SELECT payment_id, bank_line_id, account_key, amount_yuan, value_on FROM matched.paid
    UNION ALL
    SELECT l.payment_id, d.bank_line_id, b.account_key, l.amount_yuan, b.value_on
    FROM matched.payment_lines AS l
    INNER JOIN matched.line_results AS r ON r.payment_id = l.payment_id AND r.result_status = 'failed'
    INNER JOIN matched.batches AS t
        ON t.unit_code = l.unit_code AND t.batch_no = l.batch_no AND t.debit_yuan = t.total_yuan
    INNER JOIN (
        SELECT batch_key, MIN(bank_line_id) AS bank_line_id FROM matched.batch_debits WHERE pass = 'M30' GROUP BY batch_key
    ) AS d ON d.batch_key = t.batch_key
    INNER JOIN facts.bank_lines AS b ON b.bank_line_id = d.bank_line_id
    WHERE NOT l.is_held
),
near AS (
    SELECT
        c.bank_line_id, p.payment_id,
        CONCAT_WS('|', COALESCE(l.card_key, l.payment_id), l.fund_source, COALESCE(l.notice_no, ''), l.aid_category,
            CAST(l.budget_year AS VARCHAR)) AS nature,
        c.value_on AS credited_on, p.value_on AS paid_on, p.amount_yuan, c.has_return_word,
        CASE WHEN r.result_status IN ('returned', 'failed') THEN 0 ELSE 1 END AS result_rank,
        CASE WHEN STRPOS(c.memo, l.batch_no) > 0 OR STRPOS(c.memo, r.bank_batch_no) > 0 THEN 0 ELSE 1 END AS memo_rank,
        CASE WHEN c.counterparty_key = l.card_key THEN 0 ELSE 1 END AS card_rank,
        CASE
            WHEN c.counterparty_name = l.person_name OR STRPOS(c.memo, l.person_name) > 0 THEN 0
            ELSE 1
        END AS name_rank,
        DATE_DIFF('day', p.value_on, c.value_on) AS days_later
    FROM credits AS c
    INNER JOIN sent AS p
        ON p.account_key = c.account_key AND p.amount_yuan = c.amount_yuan AND p.value_on <= c.value_on
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    LEFT JOIN matched.line_results AS r ON r.payment_id = p.payment_id
)
SELECT n.*
FROM near AS n
CROSS JOIN matched.windows AS w
WHERE n.days_later <= w.return_days
    AND (
        n.card_rank = 0
        OR (n.has_return_word AND (n.name_rank = 0 OR n.memo_rank = 0 OR n.result_rank = 0))
    )
ORDER BY n.bank_line_id, n.payment_id
