-- Credits that may undo a payment.
-- Grain: one row per open credit and earlier payment of the same account and amount within the window. The credit must show
-- it: by the payee's account, or by a word for 退汇 together with the payee's name (name_pairs; of a masked account every
-- digit that shows must agree), the batch number or a result that says 退汇. A line called 失败 that the bank debited with its list all the same comes back in this way too.
-- Reads: facts.bank_lines, matched.paid, matched.batches, matched.batch_debits, matched.payment_lines, matched.line_results,
-- matched.line_words, matched.set_aside, matched.receipts, matched.allotments_in, matched.clawbacks, matched.sums,
-- matched.name_pairs, matched.windows.
WITH RECURSIVE credits AS (
    SELECT
        b.*, w.bank_line_id IS NOT NULL AS has_return_word,
        CONCAT(
            CASE WHEN LENGTH(b.counterparty_account_no) < 5 THEN '%' ELSE '' END,
            REGEXP_REPLACE(b.counterparty_account_no, '[^0-9]+', '%', 'g')
        ) AS visible
    FROM facts.bank_lines AS b
    LEFT JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'return'
    WHERE b.direction = 'in'
        AND b.bank_line_id NOT IN (SELECT x.bank_line_id FROM matched.set_aside AS x)
        AND b.bank_line_id NOT IN (SELECT r.bank_line_id FROM matched.receipts AS r)
        AND b.bank_line_id NOT IN (SELECT i.bank_line_id FROM matched.allotments_in AS i)
        AND b.bank_line_id NOT IN (SELECT k.bank_line_id FROM matched.clawbacks AS k)
        AND b.bank_line_id NOT IN (SELECT s.bank_line_id FROM matched.sums AS s)
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
lines AS (
    SELECT p.*, l.card_key, l.person_name, l.payee_name, l.batch_no, r.bank_batch_no, r.result_status
    FROM sent AS p
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    LEFT JOIN matched.line_results AS r ON r.payment_id = p.payment_id
),
payment_signs AS ( -- what a credit can show of each of them
    SELECT payment_id, account_key, amount_yuan, 'card' AS sign, card_key AS shown FROM lines
    UNION ALL SELECT payment_id, account_key, amount_yuan, 'word', person_name FROM lines
    UNION ALL SELECT payment_id, account_key, amount_yuan, 'word', payee_name FROM lines WHERE payee_name <> person_name
    UNION ALL SELECT payment_id, account_key, amount_yuan, 'word', batch_no FROM lines
    UNION ALL SELECT payment_id, account_key, amount_yuan, 'word', bank_batch_no FROM lines
    UNION ALL SELECT payment_id, account_key, amount_yuan, 'result', '' FROM lines WHERE result_status IN ('returned', 'failed')
),
words AS (
    SELECT DISTINCT shown, LENGTH(shown) AS word_length FROM payment_signs WHERE sign = 'word'
),
telling AS (
    SELECT * FROM credits WHERE has_return_word
),
places AS (
    SELECT 1 AS place, MAX(LENGTH(memo)) AS last_place FROM telling
    UNION ALL
    SELECT place + 1, last_place FROM places WHERE place < last_place
),
told AS ( -- the names and numbers in a memo; each memo is looked at once
    SELECT DISTINCT m.memo, w.shown
    FROM (SELECT DISTINCT memo FROM telling) AS m
    CROSS JOIN (SELECT DISTINCT word_length FROM words) AS n
    INNER JOIN places AS p ON p.place + n.word_length - 1 <= LENGTH(m.memo)
    INNER JOIN words AS w ON w.shown = SUBSTR(m.memo, p.place, n.word_length)
),
credit_signs AS (
    SELECT bank_line_id, account_key, amount_yuan, 'card' AS sign, counterparty_key AS shown FROM credits
    UNION ALL SELECT bank_line_id, account_key, amount_yuan, 'word', counterparty_name FROM telling
    UNION ALL SELECT c.bank_line_id, c.account_key, c.amount_yuan, 'word', n.book_name FROM telling AS c
    INNER JOIN matched.name_pairs AS n ON n.unit_code = c.unit_code AND n.bank_name = c.counterparty_name
    UNION ALL SELECT c.bank_line_id, c.account_key, c.amount_yuan, 'word', t.shown FROM telling AS c
    INNER JOIN told AS t ON t.memo = c.memo
    UNION ALL SELECT bank_line_id, account_key, amount_yuan, 'result', '' FROM telling
),
meant AS ( -- pairs of one account and amount that show anything of each other: to look at all would be work without end
    SELECT DISTINCT c.bank_line_id, p.payment_id
    FROM credit_signs AS c
    INNER JOIN payment_signs AS p
        ON p.account_key = c.account_key AND p.amount_yuan = c.amount_yuan AND p.sign = c.sign AND p.shown = c.shown
),
near AS (
    SELECT
        c.bank_line_id, p.payment_id,
        CONCAT_WS('|', c.account_key, COALESCE(l.card_key, l.payment_id), l.fund_source, COALESCE(l.notice_no, ''), l.aid_category,
            CAST(l.budget_year AS VARCHAR)) AS nature,
        c.value_on AS credited_on, p.value_on AS paid_on, p.amount_yuan, c.has_return_word,
        CASE WHEN r.result_status IN ('returned', 'failed') THEN 0 ELSE 1 END AS result_rank,
        CASE WHEN STRPOS(c.memo, l.batch_no) > 0 OR STRPOS(c.memo, r.bank_batch_no) > 0 THEN 0 ELSE 1 END AS memo_rank,
        CASE WHEN c.counterparty_key = l.card_key THEN 0 ELSE 1 END AS card_rank,
        CASE
            WHEN STRPOS(c.memo, l.person_name) > 0 THEN 0
            WHEN c.counterparty_key IS NULL AND c.visible <> '' AND NOT COALESCE(l.card_no LIKE c.visible, TRUE) THEN 1
            WHEN c.counterparty_name = l.person_name OR n.book_name IS NOT NULL OR h.book_name IS NOT NULL THEN 0
            ELSE 1
        END AS name_rank,
        DATE_DIFF('day', p.value_on, c.value_on) AS days_later
    FROM meant AS m
    INNER JOIN credits AS c ON c.bank_line_id = m.bank_line_id
    INNER JOIN sent AS p ON p.payment_id = m.payment_id -- by ids alone: days or amounts would tempt to join all with all
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    LEFT JOIN matched.line_results AS r ON r.payment_id = p.payment_id
    LEFT JOIN matched.name_pairs AS n
        ON n.unit_code = c.unit_code AND n.bank_name = c.counterparty_name AND n.book_name = l.person_name
    LEFT JOIN matched.name_pairs AS h
        ON h.unit_code = c.unit_code AND h.bank_name = c.counterparty_name AND h.book_name = l.payee_name
)
SELECT n.*
FROM near AS n
CROSS JOIN matched.windows AS w
WHERE n.days_later BETWEEN 0 AND w.return_days
    AND (
        n.card_rank = 0
        OR (n.has_return_word AND (n.name_rank = 0 OR n.memo_rank = 0 OR n.result_rank = 0))
    )
ORDER BY n.bank_line_id, n.payment_id
