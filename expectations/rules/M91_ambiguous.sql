-- M91 待人工确认: a bank line with several equally good candidates. The payments that it may pay are ambiguous as well; the
-- line tells it for all of them. What people decided of a line and no longer holds is told on the row that said it, with
-- the reason as the last part of the id.
-- .purchase: it may pay several purchases or collective visits.
-- Reads: matched.bank_lines, matched.claim_doubts, matched.doubts, matched.void_decisions.
SELECT
    CASE
        WHEN b.bank_line_id IN (SELECT d.bank_line_id FROM matched.claim_doubts AS d)
            AND b.bank_line_id NOT IN (SELECT d.bank_line_id FROM matched.doubts AS d) THEN 'M91.ambiguous.purchase'
        ELSE 'M91.ambiguous'
    END AS rule_id, b.unit_code, 'bank_statements' AS kind, b.row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, b.bank_line_id AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    b.account_last4 AS arg1, CAST(b.value_on AS VARCHAR) AS arg2,
    CASE WHEN b.direction = 'in' THEN '收入' ELSE '支出' END AS arg3, CAST(b.amount_yuan AS VARCHAR) AS arg4,
    CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.bank_lines AS b
WHERE b.classification = 'ambiguous'
UNION ALL
SELECT
    CONCAT('M91.decision_void.', v.void_code), v.unit_code, 'decisions', v.row_id, NULL, NULL,
    CONCAT_WS('|', 'choice', v.item_id, v.candidate_id), NULL, NULL,
    COALESCE(v.account_last4, ''), CAST(v.value_on AS VARCHAR), CAST(v.amount_yuan AS VARCHAR), NULL, NULL, NULL
FROM matched.void_decisions AS v
