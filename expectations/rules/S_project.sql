-- S.project: a payment with a budget year whose project neither notice nor 指标文号 states, and that is not the only one of
-- its source and year. A notice that nobody issued, or that does not list the line's source, is told by its own rule
-- (R17.unknown_notice, R12.source_differs). What a county pays of its own money is in nobody's budget here: no project.
-- .payable: a line of a purchase, or a collective visit.
-- Reads: matched.payments, matched.payables, facts.allotments, policy.source_rows, policy.fund_sources.
SELECT
    'S.project' AS rule_id, p.unit_code, 'rosters' AS kind, p.row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, p.payment_id AS subject_key, p.batch_no, p.notice_no,
    p.batch_no AS arg1, CAST(p.amount_yuan AS VARCHAR) AS arg2, CAST(p.budget_year AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.payments AS p
WHERE p.project_name IS NULL AND p.budget_year IS NOT NULL AND p.status <> 'held'
    AND NOT EXISTS (
        SELECT 1 FROM policy.fund_sources AS f WHERE f.fund_source = p.fund_source AND f.level = 'county'
    )
    AND (
        p.notice_no IS NULL
        OR NOT EXISTS (SELECT 1 FROM facts.allotments)
        OR EXISTS (
            SELECT 1
            FROM facts.allotments AS a
            LEFT JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
            WHERE a.notice_no = p.notice_no AND COALESCE(s.figure_source, a.fund_source) = p.figure_source
        )
    )
UNION ALL
SELECT
    'S.project.payable', p.unit_code, p.kind, p.row_id, NULL, NULL, p.payable_id, p.batch_no, NULL,
    p.payee_name, CAST(p.amount_yuan AS VARCHAR), CAST(p.budget_year AS VARCHAR), NULL, NULL, NULL
FROM matched.payables AS p
WHERE p.project_name IS NULL AND p.budget_year IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM policy.fund_sources AS f WHERE f.fund_source = p.fund_source AND f.level = 'county'
    )
