-- M93: payments that a result file names.
SELECT
    'M93' AS rule_id, p.unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM matched.payments AS p
INNER JOIN matched.line_results AS r ON r.payment_id = p.payment_id
GROUP BY p.unit_code
