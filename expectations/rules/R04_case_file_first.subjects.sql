-- R04: lines of help in the books that the bank did not refuse.
SELECT
    'R04' AS rule_id, unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count, COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM matched.filings
GROUP BY unit_code, missing_input
