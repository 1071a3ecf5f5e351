-- 疑点
-- Grain: one row per rule_group and severity with any finding; whole workspace, whatever year, project or source is asked.
-- Reads: marts.findings, policy.labels.
-- Counts only, so that the page holds no person. rule_group is the rule without its detail (R01.checksum → R01);
-- all of matching is M.
WITH grouped AS (
    SELECT
        CASE WHEN rule_id LIKE 'M%' THEN 'M' ELSE SPLIT_PART(rule_id, '.', 1) END AS rule_group,
        severity, status
    FROM marts.findings
),
counted AS (
    SELECT
        rule_group, severity,
        COUNT(CASE WHEN status = 'open' THEN 1 END) AS open_count,
        COUNT(CASE WHEN status = 'corrected' THEN 1 END) AS corrected_count,
        COUNT(CASE WHEN status = 'waived' THEN 1 END) AS waived_count,
        COUNT(*) AS finding_count
    FROM grouped
    GROUP BY rule_group, severity
)
SELECT
    c.rule_group, c.severity, COALESCE(l.label_zh, c.severity) AS severity_zh,
    CASE c.severity WHEN 'reject' THEN 1 WHEN 'error' THEN 2 WHEN 'warn' THEN 3 ELSE 4 END AS sort_order,
    c.open_count, c.corrected_count, c.waived_count, c.finding_count,
    SUM(c.open_count) OVER () AS all_open_count,
    SUM(c.corrected_count) OVER () AS all_corrected_count,
    SUM(c.waived_count) OVER () AS all_waived_count,
    SUM(c.open_count) OVER (PARTITION BY c.severity) AS severity_open_count,
    c.finding_count AS source_row_count
FROM counted AS c
LEFT JOIN policy.labels AS l ON l.domain = 'severity' AND l.code = c.severity AND l.document_set = 'default'
ORDER BY sort_order, c.open_count DESC, c.rule_group
