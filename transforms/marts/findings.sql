-- 疑点
-- Grain: one row per finding.
-- Reads: judged.findings.
SELECT
    city_code, finding_id, group_id, rule_id, severity, unit_code, kind, source_file, sha256, sheet, row_no,
    column_name, value_masked, message_zh, article, status, first_seen_on
FROM judged.findings
ORDER BY city_code, finding_id
