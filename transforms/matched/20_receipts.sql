-- M10: arrivals that must meet a credit, and the credits of the federation's own accounts.
-- Grain: one row per matched arrival. Evidence, strongest first: 指标文号 in the memo, the payer's name, the account's source,
-- amount and day alone (not of money that comes from one of our own units). What tells of a quota is no money.
-- Arrivals and credits that are equally near to each other are paired by date, where the arrivals are of one source, or all
-- of them have a credit of one day; else nobody can say which is meant.
-- Reads: facts.arrivals, policy.arrival_modes, facts.bank_lines, facts.accounts, matched.name_pairs, matched.line_words,
-- matched.set_aside, matched.windows.
WITH expected AS (
    SELECT a.row_id, a.unit_code, a.received_on, a.amount_yuan, a.quota_no, a.payer_name, a.fund_source
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode
    WHERE m.needs_credit
),
candidates AS (
    SELECT
        e.row_id, e.received_on, e.fund_source, b.bank_line_id, b.value_on, b.amount_yuan,
        CASE
            WHEN STRPOS(b.memo, e.quota_no) > 0 THEN 1
            WHEN EXISTS (
                SELECT 1 FROM matched.name_pairs AS n
                WHERE n.unit_code = b.unit_code AND n.bank_name = b.counterparty_name AND n.book_name = e.payer_name
            ) THEN 2
            WHEN b.account_fund_source = e.fund_source THEN 3
            WHEN o.account_key IS NULL THEN 4
        END AS evidence_rank,
        ABS(DATE_DIFF('day', e.received_on, b.value_on)) AS days_apart
    FROM expected AS e
    INNER JOIN facts.bank_lines AS b
        ON b.unit_code = e.unit_code AND b.direction = 'in' AND b.amount_yuan = e.amount_yuan
    CROSS JOIN matched.windows AS w
    LEFT JOIN facts.accounts AS o ON o.account_key = b.counterparty_key
    WHERE ABS(DATE_DIFF('day', e.received_on, b.value_on)) <= w.receipt_days
        AND NOT EXISTS (SELECT 1 FROM matched.set_aside AS x WHERE x.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (
            SELECT 1 FROM matched.line_words AS q WHERE q.bank_line_id = b.bank_line_id AND q.purpose = 'quota'
        )
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.row_id) AS candidate_count,
        RANK() OVER (PARTITION BY c.row_id ORDER BY c.evidence_rank, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.days_apart) AS arrival_rank
    FROM candidates AS c
    WHERE c.evidence_rank IS NOT NULL
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.received_on, r.row_id) AS arrival_no,
        ROW_NUMBER() OVER (PARTITION BY r.row_id ORDER BY r.value_on, r.bank_line_id) AS line_no,
        MIN(r.fund_source) OVER (PARTITION BY r.bank_line_id) = MAX(r.fund_source) OVER (PARTITION BY r.bank_line_id)
            AS is_one_source,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) = COUNT(*) OVER (PARTITION BY r.row_id)
            AND MIN(r.value_on) OVER (PARTITION BY r.row_id) = MAX(r.value_on) OVER (PARTITION BY r.row_id) AS is_one_day
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.arrival_rank = 1
)
SELECT row_id, bank_line_id, amount_yuan, fund_source, candidate_count, evidence_rank, days_apart
FROM mutual
WHERE arrival_no = line_no AND (is_one_source OR is_one_day)
ORDER BY row_id
