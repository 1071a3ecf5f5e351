-- M93 退汇待到账: the bank's result calls a payment 退汇, and no statement shows the money back yet. No figure changes.
-- Reads: matched.payments, matched.line_results.
SELECT
    'M93.return_pending' AS rule_id, p.unit_code, 'rosters' AS kind, p.row_id, CAST(NULL AS VARCHAR) AS field,
    p.person_name AS value_text, p.payment_id AS subject_key, p.batch_no, p.notice_no,
    CAST(p.amount_yuan AS VARCHAR) AS arg1,
    CAST(p.value_on AS VARCHAR) AS arg2,
    CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4,
    CAST(NULL AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM matched.payments AS p
INNER JOIN matched.line_results AS r ON r.payment_id = p.payment_id
WHERE r.result_status = 'returned' AND p.status = 'paid'
