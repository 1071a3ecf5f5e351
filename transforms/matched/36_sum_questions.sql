-- What several together may answer: one debit for several lists, several debits for one list; one credit for several arrivals,
-- several credits for one arrival.
-- Grain: one row per question (what has found no single answer) and item that may be part of its answer, both of one unit and
-- within the window; item_no: from 1 in each question. A debit must speak of a list or of the funds, or leave a 专户 without
-- saying to which account; a credit must come from the payer or name the 指标文号. A debit to one payee pays no list. What is
-- matched already takes no part, nor what may be one line for one list and is in doubt, nor a list of which a line has a
-- debit to its payee: one for one is stronger.
-- Reads: matched.batch_totals, matched.list_doubts, matched.payment_lines, matched.batches_named,
-- matched.batches_by_amount, matched.batch_links, matched.reimbursements, matched.advances, matched.payee_debits,
-- matched.allotments_out, matched.allotments_in, matched.clawbacks, matched.receipts, matched.claims_alone,
-- matched.claim_payees, matched.set_aside, matched.decided, matched.line_words, matched.name_pairs, matched.windows,
-- facts.bank_lines, facts.accounts, facts.arrivals, policy.arrival_modes.
WITH taken_lines AS (
    SELECT bank_line_id FROM matched.batch_links
    UNION SELECT bank_line_id FROM matched.batches_by_amount
    UNION SELECT bank_line_id FROM matched.reimbursements
    UNION SELECT bank_line_id FROM matched.advances
    UNION SELECT bank_line_id FROM matched.payee_debits
    UNION SELECT bank_line_id FROM matched.allotments_out
    UNION SELECT bank_line_id FROM matched.allotments_in
    UNION SELECT bank_line_id FROM matched.clawbacks
    UNION SELECT bank_line_id FROM matched.receipts
    UNION SELECT bank_line_id FROM matched.claims_alone
    UNION SELECT bank_line_id FROM matched.claim_payees WHERE direction = 'out'
    UNION SELECT bank_line_id FROM matched.set_aside
    UNION SELECT bank_line_id FROM matched.decided WHERE void_code IS NULL
    UNION SELECT bank_line_id FROM matched.line_words WHERE purpose IN ('cash', 'fee', 'interest', 'return', 'quota')
    UNION SELECT bank_line_id FROM matched.list_doubts
),
line_by_line AS ( -- lists of which a line has a debit to its payee
    SELECT DISTINCT CONCAT(l.unit_code, '|', l.batch_no) AS batch_key
    FROM matched.payment_lines AS l
    INNER JOIN matched.payee_debits AS d ON d.card_key = COALESCE(l.card_key, CONCAT('name:', l.payee_name))
    INNER JOIN facts.bank_lines AS b
        ON b.bank_line_id = d.bank_line_id AND b.unit_code = l.unit_code AND b.amount_yuan = l.amount_yuan
    CROSS JOIN matched.windows AS w
    WHERE NOT l.is_held AND ABS(DATE_DIFF('day', l.pay_on, b.value_on)) <= w.single_days
),
spoken AS (
    SELECT DISTINCT bank_line_id FROM matched.line_words WHERE purpose IN ('batch', 'fund_words')
),
lines AS (
    SELECT
        b.bank_line_id, b.unit_code, b.account_key, b.direction, b.value_on, b.amount_yuan, b.counterparty_name, b.memo
    FROM facts.bank_lines AS b
    LEFT JOIN spoken AS s ON s.bank_line_id = b.bank_line_id
    WHERE (
            b.direction = 'in' OR s.bank_line_id IS NOT NULL
            OR (b.account_type = 'special' AND b.counterparty_key IS NULL)
        )
        AND b.bank_line_id NOT IN (SELECT t.bank_line_id FROM taken_lines AS t)
        AND COALESCE(b.counterparty_key, '') NOT IN (SELECT a.account_key FROM facts.accounts AS a WHERE a.account_key IS NOT NULL)
),
lists AS (
    SELECT t.batch_key, t.unit_code, t.success_yuan, t.first_pay_on, t.last_pay_on
    FROM matched.batch_totals AS t
    WHERE t.first_pay_on IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM matched.batch_links AS k WHERE k.batch_key = t.batch_key)
        AND NOT EXISTS (SELECT 1 FROM matched.batches_by_amount AS m WHERE m.batch_key = t.batch_key)
        AND NOT EXISTS (SELECT 1 FROM matched.reimbursements AS r WHERE r.batch_key = t.batch_key)
        AND NOT EXISTS (SELECT 1 FROM matched.decided AS d WHERE d.batch_key = t.batch_key AND d.void_code IS NULL)
        AND NOT EXISTS (SELECT 1 FROM matched.list_doubts AS o WHERE o.batch_key = t.batch_key)
        AND NOT EXISTS (SELECT 1 FROM line_by_line AS s WHERE s.batch_key = t.batch_key)
),
list_pairs AS (
    SELECT b.bank_line_id, l.batch_key, b.amount_yuan, l.success_yuan, b.account_key
    FROM lists AS l
    INNER JOIN lines AS b ON b.unit_code = l.unit_code AND b.direction = 'out'
    CROSS JOIN matched.windows AS w
    WHERE DATE_DIFF('day', b.value_on, l.first_pay_on) <= w.batch_days
        AND DATE_DIFF('day', l.last_pay_on, b.value_on) <= w.batch_days
),
memos AS (
    SELECT DISTINCT unit_code, memo FROM lines WHERE direction = 'in' AND memo <> ''
),
told AS ( -- what a credit says of an arrival: who pays, or its number; each memo is looked at once
    SELECT b.bank_line_id, a.row_id
    FROM lines AS b
    INNER JOIN matched.name_pairs AS n ON n.unit_code = b.unit_code AND n.bank_name = b.counterparty_name
    INNER JOIN facts.arrivals AS a ON a.unit_code = b.unit_code AND a.payer_name = n.book_name
    UNION
    SELECT b.bank_line_id, a.row_id
    FROM memos AS m
    INNER JOIN facts.arrivals AS a ON a.unit_code = m.unit_code AND STRPOS(m.memo, a.quota_no) > 0
    INNER JOIN lines AS b ON b.unit_code = m.unit_code AND b.memo = m.memo
),
arrival_pairs AS (
    SELECT b.bank_line_id, a.row_id, b.amount_yuan, a.amount_yuan AS arrived_yuan, b.account_key
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode AND m.needs_credit
    INNER JOIN told AS k ON k.row_id = a.row_id
    INNER JOIN lines AS b ON b.bank_line_id = k.bank_line_id AND b.direction = 'in'
    CROSS JOIN matched.windows AS w
    WHERE ABS(DATE_DIFF('day', a.received_on, b.value_on)) <= w.receipt_days
        AND NOT EXISTS (SELECT 1 FROM matched.receipts AS r WHERE r.row_id = a.row_id)
),
items AS (
    SELECT CONCAT('M30|line|', bank_line_id, '|', account_key) AS question, bank_line_id AS asked_id, amount_yuan AS asked_yuan,
        batch_key AS item_id, success_yuan AS item_yuan, TRUE AS is_line
    FROM list_pairs
    UNION ALL
    SELECT CONCAT('M30|list|', batch_key, '|', account_key), batch_key, success_yuan, bank_line_id, amount_yuan, FALSE
    FROM list_pairs
    UNION ALL
    SELECT CONCAT('M10|line|', bank_line_id, '|', account_key), bank_line_id, amount_yuan, row_id, arrived_yuan, TRUE
    FROM arrival_pairs
    UNION ALL
    SELECT CONCAT('M10|arrival|', row_id, '|', account_key), row_id, arrived_yuan, bank_line_id, amount_yuan, FALSE
    FROM arrival_pairs
)
SELECT
    i.question, SUBSTR(i.question, 1, 3) AS pass, i.is_line, i.asked_id, i.asked_yuan, i.item_id, i.item_yuan,
    ROW_NUMBER() OVER (PARTITION BY i.question ORDER BY i.item_yuan DESC, i.item_id) AS item_no,
    COUNT(*) OVER (PARTITION BY i.question) AS item_count
FROM items AS i
WHERE i.item_yuan > 0 AND i.item_yuan < i.asked_yuan
ORDER BY i.question, item_no
