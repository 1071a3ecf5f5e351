-- The years that anything received speaks of: budget years and calendar years of events.
-- Grain: one row per year.
-- Reads: facts.*.
SELECT CAST(budget_year AS INTEGER) AS year FROM facts.budgets
UNION SELECT CAST(budget_year AS INTEGER) FROM facts.arrivals
UNION SELECT CAST(budget_year AS INTEGER) FROM facts.allotments
UNION SELECT CAST(budget_year AS INTEGER) FROM facts.purchases WHERE budget_year IS NOT NULL
UNION SELECT CAST(budget_year AS INTEGER) FROM facts.visits WHERE object_type = 'collective' AND budget_year IS NOT NULL
UNION SELECT CAST(opening_year AS INTEGER) FROM facts.openings
UNION SELECT CAST(budget_year AS INTEGER) FROM facts.rosters WHERE budget_year IS NOT NULL
UNION SELECT CAST(EXTRACT(YEAR FROM COALESCE(paid_on, planned_on)) AS INTEGER) FROM facts.rosters
    WHERE COALESCE(paid_on, planned_on) IS NOT NULL
UNION SELECT CAST(EXTRACT(YEAR FROM visited_on) AS INTEGER) FROM facts.visits WHERE visited_on IS NOT NULL
UNION SELECT CAST(EXTRACT(YEAR FROM value_on) AS INTEGER) FROM facts.bank_lines WHERE value_on IS NOT NULL
ORDER BY year
