-- 逐月累计执行情况
-- Grain: one row per budget year, project, figure source and month end; the last is the extended cut-off.
-- A sealed year and cutoff stands as it was sealed; all else is as the facts give it today.
-- cutoff (not shown) says which close seals a row: the fiscal one up to 12-31, the extended one after it.
-- Reads: closes.seals, closes.execution_monthly, computed.execution_monthly.
WITH seals AS (
    SELECT seal_id, city_code, budget_year, cutoff FROM closes.seals WHERE NOT is_lifted
),
sealed AS (
    SELECT
        r.city_code, r.budget_year, r.project_name, r.fund_source, r.month_end_on, r.cumulative_executed_yuan,
        r.execution_rate, r.time_progress
    FROM closes.execution_monthly AS r
    INNER JOIN seals AS s ON s.seal_id = r.seal_id
),
unsealed AS (
    SELECT
        c.city_code, c.budget_year, c.project_name, c.fund_source, c.month_end_on, c.cumulative_executed_yuan,
        c.execution_rate, c.time_progress
    FROM computed.execution_monthly AS c
    LEFT JOIN seals AS s ON s.city_code = c.city_code AND s.budget_year = c.budget_year AND s.cutoff = c.cutoff
    WHERE s.seal_id IS NULL
)
SELECT * FROM sealed
UNION ALL
SELECT * FROM unsealed
ORDER BY city_code, budget_year, project_name, fund_source, month_end_on
