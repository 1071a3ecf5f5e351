-- 逐月累计执行情况.
-- Grain: one row per budget year, project, figure source and month end, January of the year to the extended cut-off,
-- which is the last row; for every row of execution_by_source, so that a source without a payment shows zeros.
-- cutoff: the close that seals the row (fiscal up to 12-31, extended after it); not a column of the mart.
-- Reads: computed.execution_by_source, computed.executed, computed.time_points.
WITH sources AS (
    SELECT city_code, budget_year, project_name, fund_source, budget_yuan
    FROM computed.execution_by_source
    WHERE cutoff = 'fiscal'
),
amounts AS (
    SELECT city_code, budget_year, project_name, fund_source, budget_yuan, CAST(NULL AS DATE) AS counts_on,
        CAST(0 AS DECIMAL(18, 2)) AS amount_yuan
    FROM sources
    UNION ALL
    SELECT city_code, budget_year, project_name, fund_source, 0, counts_on, amount_yuan
    FROM computed.executed
),
totals AS (
    SELECT
        a.city_code, a.budget_year, a.project_name, a.fund_source, t.point_on AS month_end_on, t.time_progress,
        SUM(a.budget_yuan) AS budget_yuan,
        SUM(CASE WHEN a.counts_on IS NULL OR a.counts_on <= t.point_on THEN a.amount_yuan ELSE 0 END) AS executed_yuan
    FROM amounts AS a
    INNER JOIN computed.time_points AS t
        ON t.city_code = a.city_code AND t.budget_year = a.budget_year AND t.drawn_as = 'month'
    GROUP BY a.city_code, a.budget_year, a.project_name, a.fund_source, t.point_on, t.time_progress
),
in_fen AS (
    SELECT
        *,
        CAST(executed_yuan * 100 AS BIGINT) AS executed_fen,
        CAST(budget_yuan * 100 AS BIGINT) AS budget_fen,
        NULLIF(ABS(CAST(budget_yuan * 100 AS BIGINT)), 0) AS divisor_fen
    FROM totals
)
SELECT
    city_code, budget_year, project_name, fund_source,
    CASE WHEN month_end_on <= make_date(budget_year, 12, 31) THEN 'fiscal' ELSE 'extended' END AS cutoff,
    month_end_on,
    CAST(executed_yuan AS DECIMAL(18, 2)) AS cumulative_executed_yuan,
    TRY_CAST(
        CAST(SIGN(executed_fen) * SIGN(budget_fen) * ((ABS(executed_fen) * 2000000 + divisor_fen) // (2 * divisor_fen))
            AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(9, 6)
    ) AS execution_rate,
    time_progress
FROM in_fen
ORDER BY city_code, budget_year, project_name, fund_source, month_end_on
