-- R25 科目与来源、用途相符: the entry's 资金来源 is not that of what it paid (.source); assistance is booked as other expense
-- (.other_use); what is no assistance is booked as such (.no_aid).
-- Reads: booked.subject_checks, policy.labels.
WITH labels AS (
    SELECT code, MIN(label_zh) AS label_zh
    FROM policy.labels
    WHERE domain = 'fund_source' AND document_set = 'default'
    GROUP BY code
)
SELECT
    CONCAT('R25.', c.verdict) AS rule_id, c.unit_code, 'journal' AS kind, c.row_id,
    CASE WHEN c.verdict = 'source' THEN 'fund_source' ELSE 'subject_name' END AS field,
    CASE WHEN c.verdict = 'source' THEN COALESCE(f.label_zh, c.fund_source) ELSE c.subject_name END AS value_text,
    CONCAT_WS('|', 'journal', c.unit_code, c.fact_key) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no, c.voucher_no AS arg1,
    COALESCE(f.label_zh, c.fund_source) AS arg2, COALESCE(p.label_zh, c.paid_source) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM booked.subject_checks AS c
LEFT JOIN labels AS f ON f.code = c.fund_source
LEFT JOIN labels AS p ON p.code = c.paid_source
WHERE c.verdict IS NOT NULL
