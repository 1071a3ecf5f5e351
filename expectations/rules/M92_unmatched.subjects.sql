-- M92: payments due, arrivals that must meet a credit, lines of purchases and collective visits. Not judged: payments
-- that wait for a statement, and purchases that state no 付款日期 and were not paid yet.
WITH subjects AS (
    SELECT unit_code, CASE WHEN status = 'awaiting_statement' THEN 'bank_statements' END AS missing_input
    FROM matched.payments
    WHERE status NOT IN ('planned', 'held')
    UNION ALL
    SELECT a.unit_code, CAST(NULL AS VARCHAR)
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode AND m.needs_credit
    UNION ALL
    SELECT p.unit_code, CASE WHEN p.due_on IS NULL AND s.payable_id IS NULL THEN 'paid_on' END
    FROM matched.payables AS p
    LEFT JOIN (SELECT DISTINCT payable_id FROM matched.payable_shares) AS s ON s.payable_id = p.payable_id
    WHERE p.amount_yuan > 0
)
SELECT
    'M92' AS rule_id,
    unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count,
    COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY unit_code, missing_input
