-- S.waiver_invalid: decisions that stand, by the unit that sent them.
SELECT
    'S.waiver_invalid' AS rule_id, unit_code, COUNT(DISTINCT row_id) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM judged.waivers
GROUP BY unit_code
