-- 规则判断情况
-- Grain: one row per rule and unit. Not judged is not passed.
-- Reads: judged.coverage.
SELECT
    city_code, rule_id, unit_code, judged_count AS judged, not_judged_count AS not_judged, missing_input,
    failed_count AS failed, waived_count AS waived
FROM judged.coverage
ORDER BY city_code, rule_id, unit_code
