-- R16: batches with a debit (.total, .no_result), result lines, returned payments. Not judged: a batch that no statement
-- shows yet.
WITH subjects AS (
    SELECT 'R16.total' AS rule_id, unit_code, is_total_broken OR bank_line_count > 0 AS is_judged FROM matched.batches
    UNION ALL
    SELECT 'R16.no_result', unit_code, is_total_broken OR bank_line_count > 0 FROM matched.batches
    UNION ALL
    SELECT 'R16.unknown_result', unit_code, TRUE FROM facts.payouts
    UNION ALL
    SELECT 'R16.return_open', unit_code, TRUE FROM matched.payments WHERE status = 'returned'
)
SELECT
    rule_id,
    unit_code,
    COUNT_IF(is_judged) AS judged_count,
    COUNT_IF(NOT is_judged) AS not_judged_count,
    MIN(CASE WHEN NOT is_judged THEN 'bank_statements' END) AS missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY rule_id, unit_code
