-- M21: the unit's credit that receives a notice's money.
-- Grain: one row per matched notice and unit. Evidence: notice number in the memo, the city's account, its name;
-- the day of the city's debit is the yardstick, else the notice's date. What tells of a quota is no money. Of
-- equally near ones as many notices as credits are paired by date; else nobody can say which is meant.
-- Reads: matched.notice_sums, matched.allotments_out, facts.bank_lines, facts.accounts, matched.named_units,
-- matched.line_words, matched.set_aside, matched.receipts, matched.windows.
WITH city_accounts AS (
    SELECT unit_code, account_key FROM facts.accounts
),
sent AS (
    SELECT n.*, COALESCE(o.value_on, n.allotted_on) AS sent_on
    FROM matched.notice_sums AS n
    LEFT JOIN matched.allotments_out AS o
        ON o.notice_no = n.notice_no AND o.payee_unit_code = n.payee_unit_code
),
candidates AS (
    SELECT
        n.notice_no, n.payee_unit_code, n.sent_on, b.bank_line_id, b.value_on, b.amount_yuan,
        MIN(CASE
            WHEN STRPOS(b.memo, n.notice_no) > 0 THEN 1
            WHEN b.counterparty_key = a.account_key THEN 2
            WHEN m.named_unit_code IS NOT NULL THEN 3
        END) AS evidence_rank,
        ABS(DATE_DIFF('day', COALESCE(n.sent_on, b.value_on), b.value_on)) AS days_apart
    FROM sent AS n
    INNER JOIN facts.bank_lines AS b
        ON b.unit_code = n.payee_unit_code AND b.direction = 'in' AND b.amount_yuan = n.amount_yuan
    LEFT JOIN matched.named_units AS m
        ON m.unit_code = b.unit_code AND m.bank_name = b.counterparty_name AND m.named_unit_code = n.paying_unit_code
    LEFT JOIN city_accounts AS a ON a.unit_code = n.paying_unit_code
    WHERE NOT EXISTS (SELECT 1 FROM matched.set_aside AS x WHERE x.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (SELECT 1 FROM matched.receipts AS r WHERE r.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (
            SELECT 1 FROM matched.line_words AS q WHERE q.bank_line_id = b.bank_line_id AND q.purpose = 'quota'
        )
    GROUP BY n.notice_no, n.payee_unit_code, n.sent_on, b.bank_line_id, b.value_on, b.amount_yuan
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.notice_no, c.payee_unit_code) AS candidate_count,
        RANK() OVER (PARTITION BY c.notice_no, c.payee_unit_code ORDER BY c.evidence_rank, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.days_apart) AS notice_rank
    FROM candidates AS c
    CROSS JOIN matched.windows AS w
    WHERE c.evidence_rank IS NOT NULL AND c.days_apart <= w.allotment_days
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.notice_no, r.payee_unit_code) AS notice_no_rank,
        ROW_NUMBER() OVER (
            PARTITION BY r.notice_no, r.payee_unit_code ORDER BY r.value_on, r.bank_line_id
        ) AS line_no,
        COUNT(*) OVER (PARTITION BY r.bank_line_id)
            = COUNT(*) OVER (PARTITION BY r.notice_no, r.payee_unit_code) AS is_even
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.notice_rank = 1
)
SELECT notice_no, payee_unit_code, bank_line_id, value_on, amount_yuan, candidate_count, evidence_rank, days_apart
FROM mutual
WHERE notice_no_rank = line_no AND is_even
ORDER BY notice_no, payee_unit_code
