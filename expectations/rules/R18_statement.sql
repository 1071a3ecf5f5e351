-- R18 对账单连续完整, of full statements (对账单范围 全量): the running balance runs on (.balance), the totals that a
-- statement states are those of its lines (.control_total), every day between the first and the last is covered (.gap).
-- Root cause only: a line that is missing from a file breaks its totals and its balance; where the totals tell as much as
-- the balances lack, .balance is not said again. Days without a statement break no balance: .gap tells them.
-- Reads: facts.balance_breaks, facts.control_totals, facts.statement_gaps.
WITH wrong_totals AS (
    SELECT *
    FROM facts.control_totals
    WHERE (is_sum_wrong OR is_count_wrong) AND NOT is_mended
),
in_sheets AS ( -- a place lies in the file of the line after it, and in that of the line before
    SELECT place, bank_line_id, receipt_id, sheet, difference_yuan FROM facts.balance_breaks
    UNION
    SELECT place, bank_line_id, previous_receipt_id, previous_sheet, difference_yuan
    FROM facts.balance_breaks
    WHERE previous_receipt_id IS NOT NULL
),
sums AS (
    SELECT receipt_id, sheet, SUM(difference_yuan) AS difference_yuan FROM in_sheets GROUP BY receipt_id, sheet
),
told AS (
    SELECT DISTINCT i.place, i.bank_line_id
    FROM in_sheets AS i
    INNER JOIN sums AS s ON s.receipt_id = i.receipt_id AND s.sheet = i.sheet
    INNER JOIN wrong_totals AS t
        ON t.receipt_id = i.receipt_id AND t.sheet = i.sheet
        AND (t.missing_yuan = i.difference_yuan OR t.missing_yuan = s.difference_yuan)
)
SELECT
    CASE WHEN b.place = 'line' THEN 'R18.balance' ELSE 'R18.opening' END AS rule_id, b.unit_code,
    'bank_statements' AS kind, b.row_id, CAST(NULL AS VARCHAR) AS field, CAST(NULL AS VARCHAR) AS value_text,
    CONCAT_WS('|', b.place, b.account_key, b.bank_line_id) AS subject_key, CAST(NULL AS VARCHAR) AS batch_no,
    CAST(NULL AS VARCHAR) AS notice_no, b.account_last4 AS arg1, CAST(b.booked_on AS VARCHAR) AS arg2,
    CAST(b.previous_yuan AS VARCHAR) AS arg3, CAST(b.before_yuan AS VARCHAR) AS arg4,
    CAST(ABS(b.difference_yuan) AS VARCHAR) AS arg5, CAST(b.previous_on AS VARCHAR) AS arg6
FROM facts.balance_breaks AS b
LEFT JOIN told AS t ON t.place = b.place AND t.bank_line_id = b.bank_line_id
WHERE t.bank_line_id IS NULL
UNION ALL
SELECT
    'R18.control_total', unit_code, 'bank_statements', row_id, NULL, NULL,
    CONCAT_WS('|', 'totals', account_key, CAST(starts_on AS VARCHAR), CAST(ends_on AS VARCHAR)), NULL, NULL,
    account_last4, CONCAT(CAST(starts_on AS VARCHAR), '至', CAST(ends_on AS VARCHAR)),
    CAST(stated_in_yuan AS VARCHAR), CAST(listed_in_yuan AS VARCHAR),
    CAST(stated_out_yuan AS VARCHAR), CAST(listed_out_yuan AS VARCHAR)
FROM wrong_totals
WHERE is_sum_wrong
UNION ALL
SELECT
    'R18.line_count', unit_code, 'bank_statements', row_id, NULL, NULL,
    CONCAT_WS('|', 'totals', account_key, CAST(starts_on AS VARCHAR), CAST(ends_on AS VARCHAR)), NULL, NULL,
    account_last4, CONCAT(CAST(starts_on AS VARCHAR), '至', CAST(ends_on AS VARCHAR)),
    CAST(stated_count AS VARCHAR), CAST(listed_count AS VARCHAR), NULL, NULL
FROM wrong_totals
WHERE is_count_wrong AND NOT is_sum_wrong
UNION ALL
SELECT
    'R18.gap', unit_code, 'bank_statements', NULL, NULL, NULL,
    CONCAT_WS('|', 'gap', account_key, CAST(from_on AS VARCHAR)), NULL, NULL,
    account_last4, CAST(from_on AS VARCHAR), CAST(to_on AS VARCHAR),
    CAST(DATE_DIFF('day', from_on, to_on) + 1 AS VARCHAR), NULL, NULL
FROM facts.statement_gaps
