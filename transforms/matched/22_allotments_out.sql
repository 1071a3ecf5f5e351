-- M20: the city's debit that carries a notice's money to a unit.
-- Grain: one row per matched notice and unit. Evidence, strongest first: the notice number in the memo with the unit's
-- account, with its name, alone; then the account alone, the name alone. A debit to another unit's account is no candidate.
-- Of equally near ones as many notices as debits are paired by date; else nobody can say which is meant.
-- Reads: matched.notice_sums, facts.bank_lines, facts.accounts, matched.named_units, matched.set_aside, matched.windows.
WITH unit_accounts AS (
    SELECT unit_code, account_key FROM facts.accounts
),
candidates AS (
    SELECT
        n.notice_no, n.payee_unit_code, n.allotted_on, b.bank_line_id, b.value_on, b.amount_yuan,
        MIN(CASE WHEN STRPOS(b.memo, n.notice_no) > 0 THEN 0 ELSE 3 END + CASE
            WHEN b.counterparty_key = n.payee_account_key OR b.counterparty_key = a.account_key THEN 1
            WHEN m.named_unit_code IS NOT NULL THEN 2
            ELSE 3
        END) AS evidence_rank,
        ABS(DATE_DIFF('day', COALESCE(n.allotted_on, b.value_on), b.value_on)) AS days_apart
    FROM matched.notice_sums AS n
    INNER JOIN facts.bank_lines AS b
        ON b.unit_code = n.paying_unit_code AND b.direction = 'out' AND b.amount_yuan = n.amount_yuan
    LEFT JOIN matched.named_units AS m
        ON m.unit_code = b.unit_code AND m.bank_name = b.counterparty_name AND m.named_unit_code = n.payee_unit_code
    LEFT JOIN unit_accounts AS a ON a.unit_code = n.payee_unit_code
    LEFT JOIN unit_accounts AS other ON other.account_key = b.counterparty_key
    WHERE (other.unit_code IS NULL OR other.unit_code = n.payee_unit_code)
        AND NOT EXISTS (SELECT 1 FROM matched.set_aside AS x WHERE x.bank_line_id = b.bank_line_id)
    GROUP BY n.notice_no, n.payee_unit_code, n.allotted_on, b.bank_line_id, b.value_on, b.amount_yuan
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.notice_no, c.payee_unit_code) AS candidate_count,
        RANK() OVER (PARTITION BY c.notice_no, c.payee_unit_code ORDER BY c.evidence_rank, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.days_apart) AS notice_rank
    FROM candidates AS c
    CROSS JOIN matched.windows AS w
    WHERE c.evidence_rank < 6 AND c.days_apart <= w.allotment_days
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
