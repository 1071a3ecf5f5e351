-- 两个口径差额构成
-- Grain: one row per budget year, project, figure source, unit, aid category and cause.
-- A sealed year and cutoff stands as it was sealed; all else is as the facts give it today.
-- cutoff (not shown) says which close seals a row: the extended one.
-- Reads: closes.seals, closes.execution_bridge, computed.execution_bridge.
WITH seals AS (
    SELECT seal_id, city_code, budget_year, cutoff FROM closes.seals WHERE NOT is_lifted
),
sealed AS (
    SELECT
        r.city_code, r.budget_year, r.project_name, r.fund_source, r.unit_code, r.aid_category, r.cause,
        r.payment_count, r.amount_yuan
    FROM closes.execution_bridge AS r
    INNER JOIN seals AS s ON s.seal_id = r.seal_id
),
unsealed AS (
    SELECT
        c.city_code, c.budget_year, c.project_name, c.fund_source, c.unit_code, c.aid_category, c.cause,
        c.payment_count, c.amount_yuan
    FROM computed.execution_bridge AS c
    LEFT JOIN seals AS s ON s.city_code = c.city_code AND s.budget_year = c.budget_year AND s.cutoff = c.cutoff
    WHERE s.seal_id IS NULL
)
SELECT * FROM sealed
UNION ALL
SELECT * FROM unsealed
ORDER BY city_code, budget_year, project_name, fund_source, unit_code, aid_category, cause
