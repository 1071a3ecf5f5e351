-- R18: lines (.balance), sheets (.control_total), accounts (.gap). Not judged: a filtered statement, a line without a
-- balance, a sheet without totals or with rows that could not be read, an account without any statement.
WITH scopes AS (
    SELECT account_key, unit_code, COALESCE(statement_scope, 'full') = 'full' AS is_full FROM facts.accounts
),
subjects AS (
    SELECT
        'R18.balance' AS rule_id, b.unit_code, s.is_full AND b.balance_yuan IS NOT NULL AS is_judged,
        CASE WHEN s.is_full THEN 'balance_yuan' ELSE 'statement_scope' END AS missing_input
    FROM facts.bank_lines AS b
    INNER JOIN scopes AS s ON s.account_key = b.account_key
    UNION ALL
    SELECT
        'R18.control_total', s.unit_code, s.is_full AND COALESCE(t.is_judged, FALSE),
        CASE WHEN NOT s.is_full THEN 'statement_scope' WHEN t.receipt_id IS NULL THEN 'totals' ELSE 'rows' END
    FROM (SELECT DISTINCT receipt_id, sheet, account_key FROM facts.statement_rows) AS r
    INNER JOIN scopes AS s ON s.account_key = r.account_key
    LEFT JOIN facts.control_totals AS t ON t.receipt_id = r.receipt_id AND t.sheet = r.sheet
    UNION ALL
    SELECT
        'R18.gap', s.unit_code,
        s.is_full AND EXISTS (SELECT 1 FROM facts.coverage AS v WHERE v.account_key = s.account_key),
        CASE WHEN s.is_full THEN 'bank_statements' ELSE 'statement_scope' END
    FROM scopes AS s
)
SELECT
    rule_id,
    unit_code,
    COUNT_IF(is_judged) AS judged_count,
    COUNT_IF(NOT is_judged) AS not_judged_count,
    CASE WHEN NOT is_judged THEN missing_input END AS missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY rule_id, unit_code, CASE WHEN NOT is_judged THEN missing_input END
