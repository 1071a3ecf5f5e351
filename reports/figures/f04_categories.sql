-- 各帮扶类别支出
-- Grain: one row per budget_year, project_name, cutoff, aid_category, and one with is_total.
-- Reads: marts.execution_by_category, marts.payments (distinct households), policy.labels, run.parameters,
--, run.report_parameters.
-- 户数: distinct households with a payment that stands at the cut-off; one helped in two categories counts once in the
-- total. 人次: payments, a reissue counting once. …_shown is for pages: fewer than 5 is not shown as a number.
WITH digits AS (
    SELECT
        CASE rate_decimals WHEN 0 THEN 1 WHEN 1 THEN 10 ELSE 100 END AS scale,
        CASE rate_decimals WHEN 0 THEN 1.00 WHEN 1 THEN 0.10 ELSE 0.01 END AS step,
        CASE rate_decimals WHEN 0 THEN 3 WHEN 1 THEN 1 ELSE 0 END AS cut
    FROM run.parameters
),
executed AS (
    SELECT e.*
    FROM marts.execution_by_category AS e
    CROSS JOIN run.report_parameters AS r
    WHERE (r.budget_year IS NULL OR e.budget_year = r.budget_year)
        AND (r.project_name IS NULL OR e.project_name = r.project_name)
        AND (r.fund_source IS NULL OR e.fund_source = r.fund_source)
),
cutoffs AS (
    SELECT budget_year, project_name, cutoff, MAX(cutoff_on) AS cutoff_on
    FROM executed
    GROUP BY budget_year, project_name, cutoff
),
helped AS (
    SELECT c.budget_year, c.project_name, c.cutoff, p.aid_category, p.household_id
    FROM cutoffs AS c
    INNER JOIN marts.payments AS p
        ON p.budget_year = c.budget_year AND p.project_name = c.project_name
        AND p.status IN ('paid', 'returned') AND p.value_on <= c.cutoff_on
        AND (p.returned_on IS NULL OR p.returned_on > c.cutoff_on)
    CROSS JOIN run.report_parameters AS r
    WHERE r.fund_source IS NULL OR p.figure_source = r.fund_source
),
households AS (
    SELECT budget_year, project_name, cutoff, aid_category, COUNT(DISTINCT household_id) AS household_count
    FROM helped
    GROUP BY budget_year, project_name, cutoff, aid_category
    UNION ALL
    SELECT budget_year, project_name, cutoff, 'total', COUNT(DISTINCT household_id)
    FROM helped
    GROUP BY budget_year, project_name, cutoff
),
amounts AS (
    SELECT budget_year, project_name, cutoff, MAX(cutoff_on) AS cutoff_on, aid_category,
        CAST(SUM(executed_yuan) AS DECIMAL(18, 2)) AS executed_yuan,
        CAST(SUM(payment_count) AS BIGINT) AS payment_count, COUNT(*) AS source_row_count
    FROM executed
    GROUP BY budget_year, project_name, cutoff, aid_category
    UNION ALL
    SELECT budget_year, project_name, cutoff, MAX(cutoff_on), 'total',
        CAST(SUM(executed_yuan) AS DECIMAL(18, 2)), CAST(SUM(payment_count) AS BIGINT), COUNT(*)
    FROM executed
    GROUP BY budget_year, project_name, cutoff
),
counted AS (
    SELECT
        a.*, p.cut, COALESCE(h.household_count, 0) AS household_count,
        CAST(CAST(ROUND(a.executed_yuan * 100 * p.scale / NULLIF(t.executed_yuan, 0), 0) AS DECIMAL(16, 0)) * p.step
            AS DECIMAL(18, 2)) AS share_points
    FROM amounts AS a
    CROSS JOIN digits AS p
    INNER JOIN amounts AS t
        ON t.budget_year = a.budget_year AND t.project_name = a.project_name AND t.cutoff = a.cutoff
        AND t.aid_category = 'total'
    LEFT JOIN households AS h
        ON h.budget_year = a.budget_year AND h.project_name = a.project_name AND h.cutoff = a.cutoff
        AND h.aid_category = a.aid_category
)
SELECT
    c.budget_year, c.project_name, c.cutoff, c.cutoff_on, c.aid_category,
    c.aid_category = 'total' AS is_total,
    COALESCE(l.label_zh, CASE WHEN c.aid_category = 'total' THEN '合计' ELSE c.aid_category END) AS label_zh,
    CASE c.aid_category WHEN 'living_aid' THEN 1 WHEN 'medical_aid' THEN 2 WHEN 'education_aid' THEN 3
        WHEN 'warmth_visit' THEN 4 WHEN 'total' THEN 9 ELSE 5 END AS sort_order,
    CAST(ROUND(c.executed_yuan * 0.0001, 2) AS DECIMAL(18, 2)) AS executed_wan,
    LEFT(CAST(c.share_points AS VARCHAR), LENGTH(CAST(c.share_points AS VARCHAR)) - c.cut) || '%' AS share_percent,
    GREATEST(0, LEAST(100, c.share_points)) AS share_bar,
    c.executed_yuan <> 0 OR c.payment_count <> 0 AS has_executed,
    c.payment_count, c.household_count,
    CASE WHEN c.payment_count BETWEEN 1 AND 4 THEN '少于5' ELSE CAST(c.payment_count AS VARCHAR) END AS payments_shown,
    CASE WHEN c.household_count BETWEEN 1 AND 4 THEN '少于5' ELSE CAST(c.household_count AS VARCHAR) END
        AS households_shown,
    c.source_row_count
FROM counted AS c
LEFT JOIN policy.labels AS l
    ON l.domain = 'aid_category' AND l.code = c.aid_category AND l.document_set = 'default'
ORDER BY c.budget_year, c.project_name, c.cutoff, sort_order, c.aid_category
