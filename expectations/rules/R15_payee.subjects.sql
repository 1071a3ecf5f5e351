-- R15: roster lines in the books that the bank neither refused nor sent back.
SELECT
    'R15' AS rule_id, unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count, COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM matched.payees
GROUP BY unit_code, missing_input
