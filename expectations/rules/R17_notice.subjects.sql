-- R17: notice × unit × source (.over), paid lines under a notice (.late), lines that name a notice (.unknown_notice).
-- Not judged: a line whose notice states no last day of use; all notices while no allotment was received at all.
WITH allotted AS (
    SELECT a.notice_no, a.payee_unit_code AS unit_code, COALESCE(r.figure_source, a.fund_source) AS figure_source,
        MAX(a.use_by_on) AS use_by_on
    FROM facts.allotments AS a
    LEFT JOIN policy.source_rows AS r ON r.fund_source = a.fund_source
    WHERE a.notice_no IS NOT NULL AND a.payee_unit_code IS NOT NULL AND a.allotment_mode <> 'clawback'
    GROUP BY a.notice_no, a.payee_unit_code, COALESCE(r.figure_source, a.fund_source)
),
subjects AS (
    SELECT 'R17.over' AS rule_id, unit_code, TRUE AS is_judged, CAST(NULL AS VARCHAR) AS missing_input FROM allotted
    UNION ALL
    SELECT 'R17.late', p.unit_code, n.use_by_on IS NOT NULL, 'use_by_on'
    FROM matched.payments AS p
    LEFT JOIN allotted AS n
        ON n.notice_no = p.notice_no AND n.unit_code = p.unit_code AND n.figure_source = p.figure_source
    WHERE p.notice_no IS NOT NULL AND p.status = 'paid'
    UNION ALL
    SELECT 'R17.unknown_notice', unit_code, EXISTS (SELECT 1 FROM facts.allotments), 'allotments'
    FROM matched.payments
    WHERE notice_no IS NOT NULL AND status <> 'held'
)
SELECT
    rule_id,
    unit_code,
    COUNT_IF(is_judged) AS judged_count,
    COUNT_IF(NOT is_judged) AS not_judged_count,
    MIN(CASE WHEN NOT is_judged THEN missing_input END) AS missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY rule_id, unit_code
