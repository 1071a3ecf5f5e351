-- 对账待办一: bank lines that only people can decide about, each with what it may belong to and what was said of it before.
-- Those that are open, and those about which a decision no longer holds, whatever they are now.
-- Grain: one row per line and candidate, best first, and one without candidate at the end of each line: none of them.
-- said_choice, said_by, said_on, void_code: the last choice on that row; what was chosen and is no candidate any more is
-- said in the row without one.
-- Reads: matched.bank_lines, matched.candidates, matched.payments, matched.batches, facts.choices, matched.void_decisions.
WITH open_lines AS (
    SELECT
        b.*, CASE WHEN b.classification IN ('unexplained', 'ambiguous') THEN b.classification ELSE 'void' END AS item_code
    FROM matched.bank_lines AS b
    WHERE b.classification IN ('unexplained', 'ambiguous')
        OR b.bank_line_id IN (SELECT v.bank_line_id FROM matched.void_decisions AS v)
),
pairs AS (
    SELECT
        c.bank_line_id, c.line_rank, c.pair_id, c.payment_id, c.batch_key, c.is_same_account, c.is_same_name,
        c.is_same_amount, c.is_number_named, c.days_apart, c.loss_code,
        COALESCE(c.payment_id, SUBSTR(SHA256(c.batch_key), 1, 16)) AS candidate_id
    FROM matched.candidates AS c
    INNER JOIN open_lines AS b ON b.bank_line_id = c.bank_line_id
    UNION ALL
    SELECT b.bank_line_id, NULL, NULL, NULL, NULL, FALSE, FALSE, FALSE, FALSE, NULL, NULL, '' FROM open_lines AS b
),
said AS (
    SELECT
        c.bank_line_id, c.choice, c.decided_by, c.decided_on, v.void_code,
        COALESCE(p.candidate_id, '') AS candidate_id,
        ROW_NUMBER() OVER (
            PARTITION BY c.bank_line_id, COALESCE(p.candidate_id, '') ORDER BY c.ingest_no DESC, c.row_id
        ) AS place
    FROM facts.choices AS c
    LEFT JOIN pairs AS p ON p.bank_line_id = c.bank_line_id AND p.candidate_id = c.candidate_id
    LEFT JOIN matched.void_decisions AS v ON v.row_id = c.row_id
)
SELECT
    b.unit_code, b.bank_line_id AS item_id, b.bank_line_id, b.item_code, b.account_last4, b.value_on,
    b.direction, b.amount_yuan, b.counterparty_name, b.memo, b.source_file, b.sheet, b.row_no,
    p.payment_id, CASE WHEN p.payment_id IS NULL THEN NULLIF(p.candidate_id, '') END AS list_id, p.line_rank,
    m.person_name, COALESCE(m.batch_no, t.batch_no) AS batch_no, m.aid_category,
    COALESCE(m.pay_on, t.last_pay_on) AS pay_on,
    CASE WHEN t.success_yuan = b.amount_yuan THEN t.success_yuan ELSE COALESCE(m.amount_yuan, t.total_yuan) END
        AS candidate_yuan,
    t.line_count, p.is_same_account, p.is_same_name, p.is_same_amount, p.is_number_named, p.days_apart, p.loss_code,
    s.choice AS said_choice, s.decided_by AS said_by, s.decided_on AS said_on, s.void_code
FROM open_lines AS b
INNER JOIN pairs AS p ON p.bank_line_id = b.bank_line_id
LEFT JOIN matched.payments AS m ON m.payment_id = p.payment_id
LEFT JOIN matched.batches AS t ON t.batch_key = p.batch_key
LEFT JOIN said AS s ON s.bank_line_id = p.bank_line_id AND s.candidate_id = p.candidate_id AND s.place = 1
ORDER BY b.unit_code, b.value_on, b.bank_line_id, p.line_rank NULLS LAST, pay_on NULLS LAST, batch_no, p.pair_id
