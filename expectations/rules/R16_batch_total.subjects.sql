-- R16: batches paid in one sum (.total, .no_result), result lines, returned payments. Not judged: a batch that no statement
-- shows yet, and the sum of one of which a held line shows no amount.
WITH batches AS (
    SELECT
        unit_code, is_total_broken OR bank_line_count > 0 AS is_shown, COALESCE(has_unread_amount, FALSE) AS has_unread_amount
    FROM matched.batches
    WHERE NOT COALESCE(is_singles_only, FALSE)
),
subjects AS (
    SELECT
        'R16.total' AS rule_id, unit_code,
        CASE WHEN NOT is_shown THEN 'bank_statements' WHEN has_unread_amount THEN 'roster_row' END AS missing_input
    FROM batches
    UNION ALL
    SELECT 'R16.no_result', unit_code, CASE WHEN NOT is_shown THEN 'bank_statements' END FROM batches
    UNION ALL
    SELECT 'R16.unknown_result', unit_code, CAST(NULL AS VARCHAR) FROM facts.payouts
    UNION ALL
    SELECT 'R16.return_open', unit_code, CAST(NULL AS VARCHAR) FROM matched.payments WHERE status = 'returned'
)
SELECT
    rule_id,
    unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count,
    COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY rule_id, unit_code, missing_input
