-- M91 待人工确认: a bank line with several equally good candidates; and a payment left open for the same reason whose
-- candidate lines are all settled otherwise (else the line tells it).
-- Reads: matched.bank_lines, matched.payments, matched.single_candidates.
WITH doubtful_lines AS (
    SELECT bank_line_id FROM matched.bank_lines WHERE classification = 'ambiguous'
),
told AS (
    SELECT DISTINCT c.payment_id
    FROM matched.single_candidates AS c
    INNER JOIN doubtful_lines AS d ON d.bank_line_id = c.bank_line_id
)
SELECT
    'M91.ambiguous' AS rule_id, b.unit_code, 'bank_statements' AS kind, b.row_id, 'amount_yuan' AS field,
    CAST(b.amount_yuan AS VARCHAR) AS value_text, b.bank_line_id AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    b.account_last4 AS arg1, CAST(b.value_on AS VARCHAR) AS arg2,
    CASE WHEN b.direction = 'in' THEN '收入' ELSE '支出' END AS arg3, CAST(b.amount_yuan AS VARCHAR) AS arg4,
    CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.bank_lines AS b
WHERE b.classification = 'ambiguous'
UNION ALL
SELECT
    'M91.ambiguous_payment', p.unit_code, 'rosters', p.row_id, NULL, p.person_name, p.payment_id,
    p.batch_no, p.notice_no, CAST(p.amount_yuan AS VARCHAR), CAST(p.pay_on AS VARCHAR), NULL, NULL, NULL, NULL
FROM matched.payments AS p
LEFT JOIN told AS t ON t.payment_id = p.payment_id
WHERE p.status = 'ambiguous' AND t.payment_id IS NULL
