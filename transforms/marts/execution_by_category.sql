-- 分帮扶项目执行情况
-- Grain: one row per budget year, project, figure source, unit, aid category and cutoff.
-- A sealed year and cutoff stands as it was sealed; all else is as the facts give it today.
-- Reads: closes.seals, closes.execution_by_category, computed.execution_by_category.
WITH seals AS (
    SELECT seal_id, city_code, budget_year, cutoff FROM closes.seals WHERE NOT is_lifted
),
sealed AS (
    SELECT
        r.city_code, r.budget_year, r.project_name, r.fund_source, r.unit_code, r.aid_category, r.cutoff,
        r.cutoff_on, r.executed_yuan, r.payment_count, r.person_count, r.household_count
    FROM closes.execution_by_category AS r
    INNER JOIN seals AS s ON s.seal_id = r.seal_id
),
unsealed AS (
    SELECT
        c.city_code, c.budget_year, c.project_name, c.fund_source, c.unit_code, c.aid_category, c.cutoff,
        c.cutoff_on, c.executed_yuan, c.payment_count, c.person_count, c.household_count
    FROM computed.execution_by_category AS c
    LEFT JOIN seals AS s ON s.city_code = c.city_code AND s.budget_year = c.budget_year AND s.cutoff = c.cutoff
    WHERE s.seal_id IS NULL
)
SELECT * FROM sealed
UNION ALL
SELECT * FROM unsealed
ORDER BY city_code, budget_year, project_name, fund_source, unit_code, aid_category, cutoff
