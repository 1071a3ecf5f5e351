-- S.budget_year: a payment whose budget year nothing states. One whose notice nobody issued is told as R17.unknown_notice.
-- .group_visit: the money of a collective visit, whose register, list and purchase say nothing of it.
-- Reads: matched.payments, matched.payables, facts.allotments.
SELECT
    'S.budget_year' AS rule_id, p.unit_code, 'rosters' AS kind, p.row_id, 'budget_year' AS field,
    CAST(NULL AS VARCHAR) AS value_text, p.payment_id AS subject_key, p.batch_no, p.notice_no,
    p.batch_no AS arg1, CAST(p.amount_yuan AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.payments AS p
WHERE p.budget_year IS NULL AND p.status <> 'held'
    AND (
        p.notice_no IS NULL
        OR NOT EXISTS (SELECT 1 FROM facts.allotments)
        OR EXISTS (SELECT 1 FROM facts.allotments AS a WHERE a.notice_no = p.notice_no)
    )
UNION ALL
SELECT
    'S.budget_year.group_visit', v.unit_code, 'visits', v.row_id, 'budget_year', NULL, v.payable_id, v.batch_no, NULL,
    v.payee_name, CAST(v.amount_yuan AS VARCHAR), NULL, NULL, NULL, NULL
FROM matched.payables AS v
WHERE v.budget_year IS NULL
