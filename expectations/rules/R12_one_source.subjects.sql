-- R12: batches, sheets and lines looked at. A line with neither notice nor account cannot be compared with anything.
WITH lines AS (
    SELECT * FROM matched.payments WHERE status <> 'held'
),
sheets AS (
    SELECT MIN(unit_code) AS unit_code
    FROM lines
    GROUP BY receipt_id, sheet
),
notices AS (
    SELECT DISTINCT notice_no, unit_code FROM matched.allotted
),
accounts AS (
    SELECT account_key FROM facts.accounts WHERE fund_source IS NOT NULL
),
compared AS (
    SELECT p.unit_code, n.notice_no IS NOT NULL OR a.account_key IS NOT NULL AS is_judged
    FROM lines AS p
    LEFT JOIN notices AS n ON n.notice_no = p.notice_no AND n.unit_code = p.unit_code
    LEFT JOIN matched.bank_lines AS k ON k.bank_line_id = p.bank_line_id
    LEFT JOIN accounts AS a ON a.account_key = k.account_key
),
subjects AS (
    SELECT DISTINCT 'R12.batch' AS rule_id, unit_code, batch_no AS subject, TRUE AS is_judged FROM lines
    UNION ALL
    SELECT 'R12.sheet', unit_code, '', TRUE FROM sheets
    UNION ALL
    SELECT 'R12.source_differs', unit_code, '', is_judged FROM compared
)
SELECT
    rule_id,
    unit_code,
    COUNT_IF(is_judged) AS judged_count,
    COUNT_IF(NOT is_judged) AS not_judged_count,
    MIN(CASE WHEN NOT is_judged THEN 'notice_or_account_source' END) AS missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY rule_id, unit_code
