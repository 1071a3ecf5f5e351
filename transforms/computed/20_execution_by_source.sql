-- 分来源执行情况.
-- Grain: one row per budget year, project, figure source and cutoff, wherever a budget, arrival, opening, allotment or
-- payment is. An undivided pool is one source (policy.source_rows); its members have no row of their own.
-- The budget is the year's; received, allotted and executed count up to the cut-off, that day included. A return to
-- the treasury (额度注销) is an arrival with sign −1: received is net of it, allotted + unallocated = received + carry_in.
-- Rates: half away from zero, in whole numbers (fen); NULL without a divisor.
-- Reads: facts.budgets, facts.arrivals, computed.carried_in, facts.openings, matched.allotted, matched.payments, matched.payables, computed.executed,
-- computed.time_points, policy.source_rows, policy.arrival_modes.
WITH amounts AS (
    SELECT city_code, budget_year, project_name, fund_source, 'budget' AS measure, CAST(NULL AS DATE) AS counts_on,
        COALESCE(initial_yuan, 0) + COALESCE(adjustment_yuan, 0) - COALESCE(withdrawn_yuan, 0) AS amount_yuan
    FROM facts.budgets
    UNION ALL
    SELECT city_code, budget_year, project_name, fund_source, 'carry_in', CAST(NULL AS DATE), amount_yuan
    FROM computed.carried_in
    UNION ALL
    SELECT a.city_code, a.budget_year, a.project_name, a.fund_source, 'received', a.received_on, a.amount_yuan * m.sign
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode
    UNION ALL
    SELECT city_code, budget_year, project_name, fund_source, 'allotted', allotted_on, amount_yuan
    FROM matched.allotted
    UNION ALL
    SELECT city_code, budget_year, project_name, fund_source, 'executed', counts_on, amount_yuan
    FROM computed.executed
    UNION ALL -- an opening that does not count has a row, too
    SELECT DISTINCT city_code, original_budget_year, project_name, fund_source, 'none', CAST(NULL AS DATE), 0
    FROM facts.openings
    UNION ALL -- and a payment that is not yet executed
    SELECT DISTINCT city_code, budget_year, project_name, figure_source, 'none', CAST(NULL AS DATE), 0
    FROM matched.payments
    WHERE budget_year IS NOT NULL AND status <> 'held'
    UNION ALL -- nor a purchase or a collective visit
    SELECT DISTINCT city_code, budget_year, project_name, figure_source, 'none', CAST(NULL AS DATE), 0
    FROM matched.payables
    WHERE budget_year IS NOT NULL
),
drawn AS (
    SELECT
        a.city_code, a.budget_year, a.project_name, COALESCE(s.figure_source, a.fund_source) AS fund_source,
        a.measure, a.amount_yuan, t.drawn_as AS cutoff, t.point_on AS cutoff_on, t.time_progress,
        a.counts_on IS NULL OR a.counts_on <= t.point_on AS is_counted
    FROM amounts AS a
    INNER JOIN computed.time_points AS t
        ON t.city_code = a.city_code AND t.budget_year = a.budget_year AND t.drawn_as <> 'month'
    LEFT JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
),
totals AS (
    SELECT
        city_code, budget_year, project_name, fund_source, cutoff, cutoff_on, time_progress,
        SUM(CASE WHEN measure = 'budget' THEN amount_yuan ELSE 0 END) AS budget_yuan,
        SUM(CASE WHEN measure = 'carry_in' THEN amount_yuan ELSE 0 END) AS carry_in_yuan,
        SUM(CASE WHEN measure = 'received' AND is_counted THEN amount_yuan ELSE 0 END) AS received_yuan,
        SUM(CASE WHEN measure = 'allotted' AND is_counted THEN amount_yuan ELSE 0 END) AS allotted_yuan,
        SUM(CASE WHEN measure = 'executed' AND is_counted THEN amount_yuan ELSE 0 END) AS executed_yuan
    FROM drawn
    GROUP BY city_code, budget_year, project_name, fund_source, cutoff, cutoff_on, time_progress
),
in_fen AS (
    SELECT
        *,
        CAST(executed_yuan * 100 AS BIGINT) AS executed_fen,
        CAST(received_yuan * 100 AS BIGINT) AS received_fen,
        CAST(budget_yuan * 100 AS BIGINT) AS budget_fen,
        NULLIF(ABS(CAST(budget_yuan * 100 AS BIGINT)), 0) AS divisor_fen
    FROM totals
)
SELECT
    city_code, budget_year, project_name, fund_source, cutoff, cutoff_on,
    CAST(budget_yuan AS DECIMAL(18, 2)) AS budget_yuan,
    CAST(carry_in_yuan AS DECIMAL(18, 2)) AS carry_in_yuan,
    CAST(received_yuan AS DECIMAL(18, 2)) AS received_yuan,
    CAST(allotted_yuan AS DECIMAL(18, 2)) AS allotted_yuan,
    CAST(received_yuan + carry_in_yuan - allotted_yuan AS DECIMAL(18, 2)) AS unallocated_yuan,
    CAST(executed_yuan AS DECIMAL(18, 2)) AS executed_yuan,
    CAST(budget_yuan - executed_yuan AS DECIMAL(18, 2)) AS unspent_yuan,
    CAST(received_yuan + carry_in_yuan - executed_yuan AS DECIMAL(18, 2)) AS idle_yuan,
    TRY_CAST(
        CAST(SIGN(executed_fen) * SIGN(budget_fen) * ((ABS(executed_fen) * 2000000 + divisor_fen) // (2 * divisor_fen))
            AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(9, 6)
    ) AS execution_rate,
    TRY_CAST(
        CAST(SIGN(received_fen) * SIGN(budget_fen) * ((ABS(received_fen) * 2000000 + divisor_fen) // (2 * divisor_fen))
            AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(9, 6)
    ) AS arrival_rate,
    time_progress
FROM in_fen
ORDER BY city_code, budget_year, project_name, fund_source, cutoff
