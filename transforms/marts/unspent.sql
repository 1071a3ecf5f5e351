-- 未使用资金提示
-- Grain: one row per budget year, project, figure source and unit, at the day up to which the books are looked at.
-- level: how far use lags behind time. red: by alerts.red_gap or more, or below alerts.q3_floor from 30 September on;
-- yellow: by alerts.yellow_gap or more; green: all else, and where nothing is allotted or nothing is left.
-- planned_yuan, forecast_yuan: empty until monthly plans are received.
-- Reads: computed.execution_by_unit, computed.time_points, policy.parameters.
WITH used AS (
    SELECT u.*, t.time_progress
    FROM computed.execution_by_unit AS u
    INNER JOIN computed.time_points AS t
        ON t.city_code = u.city_code AND t.budget_year = u.budget_year AND t.drawn_as = u.cutoff
    WHERE u.cutoff = 'as_of'
),
thresholds AS (
    SELECT
        d.city_code, d.cutoff_on,
        MAX(CASE WHEN p.parameter = 'alerts.yellow_gap' THEN p.number END) AS yellow_gap,
        MAX(CASE WHEN p.parameter = 'alerts.red_gap' THEN p.number END) AS red_gap,
        MAX(CASE WHEN p.parameter = 'alerts.q3_floor' THEN p.number END) AS q3_floor
    FROM (SELECT DISTINCT city_code, cutoff_on FROM used) AS d
    LEFT JOIN policy.parameters AS p ON p.applies_from <= d.cutoff_on AND d.cutoff_on < p.applies_to
    GROUP BY d.city_code, d.cutoff_on
)
SELECT
    u.city_code, u.budget_year, u.project_name, u.fund_source, u.unit_code, u.cutoff_on AS as_of_on,
    u.allotted_yuan, u.executed_yuan, u.unspent_yuan, u.time_progress,
    CAST(NULL AS DECIMAL(18, 2)) AS planned_yuan,
    CAST(NULL AS DECIMAL(18, 2)) AS forecast_yuan,
    CASE
        WHEN u.use_rate IS NULL OR u.unspent_yuan <= 0 THEN 'green'
        WHEN u.time_progress - u.use_rate >= t.red_gap THEN 'red'
        WHEN u.cutoff_on >= make_date(u.budget_year, 9, 30) AND u.use_rate < t.q3_floor THEN 'red'
        WHEN u.time_progress - u.use_rate >= t.yellow_gap THEN 'yellow'
        ELSE 'green'
    END AS level
FROM used AS u
INNER JOIN thresholds AS t ON t.city_code = u.city_code AND t.cutoff_on = u.cutoff_on
ORDER BY u.city_code, u.budget_year, u.project_name, u.fund_source, u.unit_code
