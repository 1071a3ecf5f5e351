-- 上年结转 as it counts: money received before the books of this warehouse begin.
-- Grain: one row per opening line. It belongs to the year of its budget (原预算年度), as the payments made from it do.
-- Where the arrivals of that year and source are in the books themselves, the opening repeats what they left, and is no
-- second receipt: such a line does not count.
-- Reads: facts.openings, facts.arrivals, policy.source_rows.
WITH openings AS (
    SELECT o.*, COALESCE(s.figure_source, o.fund_source) AS figure_source
    FROM facts.openings AS o
    LEFT JOIN policy.source_rows AS s ON s.fund_source = o.fund_source
),
booked AS (
    SELECT DISTINCT a.city_code, a.budget_year, COALESCE(s.figure_source, a.fund_source) AS figure_source, a.received_on
    FROM facts.arrivals AS a
    LEFT JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
)
SELECT
    o.row_id, o.city_code, o.unit_code,
    o.original_budget_year AS budget_year,
    o.project_name,
    o.figure_source AS fund_source,
    o.aid_category,
    o.approval_no,
    make_date(o.opening_year, 1, 1) AS carried_on,
    o.carry_over_yuan AS amount_yuan
FROM openings AS o
WHERE NOT EXISTS (
    SELECT 1 FROM booked AS b
    WHERE b.city_code = o.city_code AND b.budget_year = o.original_budget_year
        AND b.figure_source = o.figure_source AND b.received_on < make_date(o.opening_year, 1, 1)
)
ORDER BY o.row_id
