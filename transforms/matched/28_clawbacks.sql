-- M22, M23 收回拨款: the bank lines of both ends.
-- Grain: one row per answered end. Evidence, strongest first: a number of the decision in the memo, the other's account,
-- its name; of equal ones a line that says 收回, then the nearest in time; of equally near ones as many as there are
-- decisions, else none.
-- Reads: matched.clawback_ends, facts.bank_lines, facts.accounts, matched.named_units, matched.line_words,
-- matched.set_aside, matched.receipts, matched.allotments_out, matched.allotments_in, matched.reimbursements,
-- matched.reimbursing_transfers, matched.advances, matched.windows.
WITH taken AS (
    SELECT bank_line_id FROM matched.set_aside
    UNION SELECT bank_line_id FROM matched.receipts
    UNION SELECT bank_line_id FROM matched.allotments_out
    UNION SELECT bank_line_id FROM matched.allotments_in
    UNION SELECT bank_line_id FROM matched.reimbursements
    UNION SELECT t.in_line_id FROM matched.reimbursing_transfers AS t
    INNER JOIN matched.reimbursements AS r ON r.bank_line_id = t.bank_line_id
    WHERE t.in_line_id IS NOT NULL
    UNION SELECT bank_line_id FROM matched.advances
    UNION SELECT bank_line_id FROM matched.line_words WHERE purpose = 'quota'
),
candidates AS (
    SELECT
        e.decision_no, e.payee_unit_code, e.direction, e.fund_source, b.bank_line_id, b.value_on, b.amount_yuan,
        CASE
            WHEN STRPOS(b.memo, e.decision_no) > 0 OR STRPOS(b.memo, e.original_notice_no) > 0 THEN 1
            WHEN a.account_key IS NOT NULL THEN 2
            WHEN m.named_unit_code IS NOT NULL THEN 3
        END AS evidence_rank,
        CASE WHEN w.bank_line_id IS NULL THEN 1 ELSE 0 END AS is_silent,
        ABS(DATE_DIFF('day', COALESCE(e.allotted_on, b.value_on), b.value_on)) AS days_apart
    FROM matched.clawback_ends AS e
    INNER JOIN facts.bank_lines AS b
        ON b.unit_code = e.unit_code AND b.direction = e.direction AND b.amount_yuan = e.amount_yuan
    LEFT JOIN facts.accounts AS a ON a.account_key = b.counterparty_key AND a.unit_code = e.other_unit_code
    LEFT JOIN matched.named_units AS m
        ON m.unit_code = b.unit_code AND m.bank_name = b.counterparty_name AND m.named_unit_code = e.other_unit_code
    LEFT JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'clawback'
    WHERE NOT EXISTS (SELECT 1 FROM taken AS x WHERE x.bank_line_id = b.bank_line_id)
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.decision_no, c.payee_unit_code, c.direction) AS candidate_count,
        RANK() OVER (
            PARTITION BY c.decision_no, c.payee_unit_code, c.direction ORDER BY c.evidence_rank, c.is_silent, c.days_apart
        ) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.is_silent, c.days_apart) AS decision_rank
    FROM candidates AS c
    CROSS JOIN matched.windows AS w
    WHERE c.evidence_rank IS NOT NULL AND c.days_apart <= w.allotment_days
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.decision_no, r.payee_unit_code) AS decision_place,
        ROW_NUMBER() OVER (
            PARTITION BY r.decision_no, r.payee_unit_code, r.direction ORDER BY r.value_on, r.bank_line_id
        ) AS line_place,
        COUNT(*) OVER (PARTITION BY r.bank_line_id)
            = COUNT(*) OVER (PARTITION BY r.decision_no, r.payee_unit_code, r.direction) AS is_even
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.decision_rank = 1
)
SELECT decision_no, payee_unit_code, direction, bank_line_id, value_on, amount_yuan, fund_source, candidate_count
FROM mutual
WHERE decision_place = line_place AND is_even
ORDER BY decision_no, payee_unit_code, direction
