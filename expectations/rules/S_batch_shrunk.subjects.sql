-- S.batch_shrunk: batches of lists, by unit.
SELECT
    'S.batch_shrunk' AS rule_id, unit_code, COUNT(DISTINCT batch_no) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM facts.rosters
GROUP BY unit_code
