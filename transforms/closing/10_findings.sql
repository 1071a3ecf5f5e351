-- 结账障碍一: open findings (退回补正, 须整改) on facts of the year.
-- Grain: one row per budget year, cutoff and finding. A fact speaks of the budget year that its money belongs to; one
-- without a budget year, of the year whose span (1 January to the cut-off) holds its date. A line of money that states
-- neither may belong to any year, and stands in the way of each.
-- Open bank lines, days without a statement and open payments stand in 20, 30 and 40, each once: their findings are not
-- repeated here. A file of which nobody knows what it holds is no fact of any year (docs/decisions/0009).
-- Reads: judged.findings, judged.finding_facts, facts.cutoffs.
WITH findings AS (
    SELECT f.*, s.budget_year, s.fact_on
    FROM judged.findings AS f
    LEFT JOIN judged.finding_facts AS s ON s.finding_id = f.finding_id
    WHERE f.severity IN ('reject', 'error')
        AND f.status = 'open'
        AND f.detail NOT IN ('M90.unexplained', 'M91.ambiguous', 'M92.batch', 'M92.line', 'R18.gap')
)
SELECT
    c.city_code, c.budget_year, c.cutoff, 'finding' AS obstacle, f.unit_code, f.source_file, f.sheet, f.row_no,
    f.finding_id AS subject_id, MIN(f.fact_on) AS from_on, MAX(f.fact_on) AS to_on,
    CAST(NULL AS DECIMAL(18, 2)) AS amount_yuan, f.rule_id AS code, f.message_zh AS said_zh
FROM findings AS f
INNER JOIN facts.cutoffs AS c
    ON c.city_code = f.city_code
    AND c.cutoff IN ('fiscal', 'extended')
    AND CASE
        WHEN f.budget_year IS NOT NULL THEN f.budget_year = c.budget_year
        WHEN f.fact_on IS NOT NULL THEN f.fact_on BETWEEN make_date(c.budget_year, 1, 1) AND c.cutoff_on
        ELSE f.kind IN
            ('budgets', 'arrivals', 'openings', 'allotments', 'rosters', 'visits', 'purchases', 'payouts', 'bank_statements')
    END
GROUP BY
    c.city_code, c.budget_year, c.cutoff, f.unit_code, f.source_file, f.sheet, f.row_no, f.finding_id, f.rule_id,
    f.message_zh
ORDER BY c.budget_year, c.cutoff, f.unit_code, f.source_file, f.sheet, f.row_no, f.finding_id
