-- 分来源执行情况
-- Grain: one row per budget year, project, figure source and cutoff.
-- A sealed year and cutoff stands as it was sealed; all else is as the facts give it today.
-- Reads: closes.seals, closes.execution_by_source, computed.execution_by_source.
WITH seals AS (
    SELECT seal_id, city_code, budget_year, cutoff FROM closes.seals WHERE NOT is_lifted
),
sealed AS (
    SELECT
        r.city_code, r.budget_year, r.project_name, r.fund_source, r.cutoff, r.cutoff_on, r.budget_yuan,
        r.carry_in_yuan, r.received_yuan, r.allotted_yuan, r.unallocated_yuan, r.executed_yuan, r.unspent_yuan,
        r.idle_yuan, r.execution_rate, r.arrival_rate, r.time_progress
    FROM closes.execution_by_source AS r
    INNER JOIN seals AS s ON s.seal_id = r.seal_id
),
unsealed AS (
    SELECT
        c.city_code, c.budget_year, c.project_name, c.fund_source, c.cutoff, c.cutoff_on, c.budget_yuan,
        c.carry_in_yuan, c.received_yuan, c.allotted_yuan, c.unallocated_yuan, c.executed_yuan, c.unspent_yuan,
        c.idle_yuan, c.execution_rate, c.arrival_rate, c.time_progress
    FROM computed.execution_by_source AS c
    LEFT JOIN seals AS s ON s.city_code = c.city_code AND s.budget_year = c.budget_year AND s.cutoff = c.cutoff
    WHERE s.seal_id IS NULL
)
SELECT * FROM sealed
UNION ALL
SELECT * FROM unsealed
ORDER BY city_code, budget_year, project_name, fund_source, cutoff
