-- 分单位使用情况.
-- Grain: one row per budget year, project, figure source, unit and cutoff, for every unit with an allotment or an
-- execution; the federation's own unit by what is decided for direct payment.
-- Reads: matched.allotted, computed.executed, computed.time_points, facts.units.
-- use_rate: half away from zero, in whole numbers (fen); NULL without an allotment.
WITH amounts AS (
    SELECT city_code, budget_year, project_name, fund_source, unit_code, allotted_on AS counts_on,
        amount_yuan AS allotted_yuan, CAST(0 AS DECIMAL(18, 2)) AS executed_yuan
    FROM matched.allotted
    UNION ALL
    SELECT city_code, budget_year, project_name, fund_source, unit_code, counts_on, 0, amount_yuan
    FROM computed.executed
),
drawn AS (
    SELECT
        a.*, t.drawn_as AS cutoff, t.point_on AS cutoff_on,
        a.counts_on IS NULL OR a.counts_on <= t.point_on AS is_counted
    FROM amounts AS a
    INNER JOIN computed.time_points AS t
        ON t.city_code = a.city_code AND t.budget_year = a.budget_year AND t.drawn_as <> 'month'
),
totals AS (
    SELECT
        city_code, budget_year, project_name, fund_source, unit_code, cutoff, cutoff_on,
        SUM(CASE WHEN is_counted THEN allotted_yuan ELSE 0 END) AS allotted_yuan,
        SUM(CASE WHEN is_counted THEN executed_yuan ELSE 0 END) AS executed_yuan
    FROM drawn
    GROUP BY city_code, budget_year, project_name, fund_source, unit_code, cutoff, cutoff_on
),
in_fen AS (
    SELECT
        *,
        CAST(executed_yuan * 100 AS BIGINT) AS executed_fen,
        CAST(allotted_yuan * 100 AS BIGINT) AS allotted_fen,
        NULLIF(ABS(CAST(allotted_yuan * 100 AS BIGINT)), 0) AS divisor_fen
    FROM totals
)
SELECT
    f.city_code, f.budget_year, f.project_name, f.fund_source, f.unit_code, u.unit_name, f.cutoff, f.cutoff_on,
    CAST(f.allotted_yuan AS DECIMAL(18, 2)) AS allotted_yuan,
    CAST(f.executed_yuan AS DECIMAL(18, 2)) AS executed_yuan,
    CAST(f.allotted_yuan - f.executed_yuan AS DECIMAL(18, 2)) AS unspent_yuan,
    TRY_CAST(
        CAST(
            SIGN(f.executed_fen) * SIGN(f.allotted_fen)
            * ((ABS(f.executed_fen) * 2000000 + f.divisor_fen) // (2 * f.divisor_fen)) AS DECIMAL(18, 0)
        ) * 0.000001 AS DECIMAL(9, 6)
    ) AS use_rate
FROM in_fen AS f
LEFT JOIN facts.units AS u ON u.city_code = f.city_code AND u.unit_code = f.unit_code
ORDER BY f.city_code, f.budget_year, f.project_name, f.fund_source, f.unit_code, f.cutoff
