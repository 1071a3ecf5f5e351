-- The days on which figures are drawn, and how much of the budget year has then passed (序时进度).
-- Grain: one row per budget year and day drawn as: a cutoff (fiscal, extended, as_of), or the end of a month (month)
-- from January of the year to its extended cut-off, that cut-off itself being the last of them.
-- time_progress: days from 1 January to the day, both counted, of the days of the year; 0 before it, at most 1.
-- Rounded once, half away from zero, in whole numbers: (2·n·10⁶ + d) div 2d millionths.
-- Reads: facts.cutoffs.
WITH months AS (
    SELECT c.city_code, c.budget_year, LAST_DAY(make_date(c.budget_year + y.later, m.month, 1)) AS point_on
    FROM facts.cutoffs AS c
    CROSS JOIN (VALUES (0), (1)) AS y(later)
    CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)) AS m(month)
    WHERE c.cutoff = 'fiscal'
),
ends AS (
    SELECT city_code, budget_year, cutoff_on FROM facts.cutoffs WHERE cutoff = 'extended'
),
points AS (
    SELECT city_code, budget_year, cutoff AS drawn_as, cutoff_on AS point_on FROM facts.cutoffs
    UNION ALL
    SELECT city_code, budget_year, 'month', cutoff_on FROM ends
    UNION ALL
    SELECT m.city_code, m.budget_year, 'month', m.point_on
    FROM months AS m
    LEFT JOIN ends AS e ON e.city_code = m.city_code AND e.budget_year = m.budget_year
    WHERE m.point_on < COALESCE(e.cutoff_on, make_date(m.budget_year + 1, 1, 1))
),
counted AS (
    SELECT
        city_code, budget_year, drawn_as, point_on,
        CAST(date_diff('day', make_date(budget_year, 1, 1), point_on) + 1 AS BIGINT) AS passed_days,
        CAST(date_diff('day', make_date(budget_year, 1, 1), make_date(budget_year + 1, 1, 1)) AS BIGINT) AS year_days
    FROM points
)
SELECT
    city_code, budget_year, drawn_as, point_on,
    CAST(
        CAST((LEAST(GREATEST(passed_days, 0), year_days) * 2000000 + year_days) // (2 * year_days) AS DECIMAL(18, 0))
        * 0.000001 AS DECIMAL(9, 6)
    ) AS time_progress
FROM counted
ORDER BY city_code, budget_year, drawn_as, point_on
