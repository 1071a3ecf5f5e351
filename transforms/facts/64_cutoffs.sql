-- 口径: the three dates up to which a budget year's figures are drawn.
-- Grain: one row per budget year and cutoff (fiscal, extended, as_of).
-- extended: 除夕 of the following year, or the configured MM-DD of it, that day included. A year whose 除夕 is not known
-- has no extended row, and before the first statement there is no as_of row: a missing date is never guessed.
-- Reads: facts.budgets, facts.arrivals, facts.allotments, facts.openings, facts.rosters, facts.purchases, facts.visits, facts.as_of, run.parameters,
-- policy.new_year_eves.
WITH budget_years AS (
    SELECT CAST(budget_year AS INTEGER) AS budget_year FROM facts.budgets
    UNION SELECT CAST(budget_year AS INTEGER) FROM facts.arrivals
    UNION SELECT CAST(budget_year AS INTEGER) FROM facts.allotments
    UNION SELECT CAST(opening_year AS INTEGER) FROM facts.openings
    UNION SELECT CAST(original_budget_year AS INTEGER) FROM facts.openings
    UNION SELECT CAST(budget_year AS INTEGER) FROM facts.rosters
    UNION SELECT CAST(budget_year AS INTEGER) FROM facts.purchases
    UNION SELECT CAST(budget_year AS INTEGER) FROM facts.visits WHERE object_type = 'collective'
),
years AS (
    SELECT p.city_code, p.extended_cutoff, y.budget_year
    FROM budget_years AS y
    CROSS JOIN run.parameters AS p
    WHERE y.budget_year IS NOT NULL
),
drawn AS (
    SELECT city_code, budget_year, 'fiscal' AS cutoff, make_date(budget_year, 12, 31) AS cutoff_on
    FROM years
    UNION ALL
    SELECT y.city_code, y.budget_year, 'extended', e.eve_on
    FROM years AS y
    INNER JOIN policy.new_year_eves AS e ON e.year = y.budget_year + 1
    WHERE y.extended_cutoff = 'lunar_new_year_eve'
    UNION ALL
    SELECT city_code, budget_year, 'extended',
        TRY_CAST(CONCAT(CAST(budget_year + 1 AS VARCHAR), '-', extended_cutoff) AS DATE)
    FROM years
    WHERE extended_cutoff <> 'lunar_new_year_eve'
    UNION ALL
    SELECT y.city_code, y.budget_year, 'as_of', a.as_of_on
    FROM years AS y
    INNER JOIN facts.as_of AS a ON a.city_code = y.city_code
)
SELECT city_code, budget_year, cutoff, cutoff_on
FROM drawn
WHERE cutoff_on IS NOT NULL
ORDER BY city_code, budget_year, cutoff
