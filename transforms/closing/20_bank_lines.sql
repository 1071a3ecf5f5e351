-- 结账障碍二: bank lines that nobody can explain, or that several things could explain, on accounts in use.
-- Grain: one row per budget year, cutoff and bank line of its span (1 January to the cut-off, by value or booking date).
-- A line whose finding has been waived stands in nobody's way.
-- Reads: matched.bank_lines, facts.accounts, facts.cutoffs, judged.findings.
WITH waived AS (
    SELECT DISTINCT row_id FROM judged.findings WHERE status = 'waived' AND row_id IS NOT NULL
)
SELECT
    c.city_code, c.budget_year, c.cutoff, 'bank_line' AS obstacle, b.unit_code, b.source_file, b.sheet, b.row_no,
    b.bank_line_id AS subject_id, b.value_on AS from_on, b.value_on AS to_on, b.amount_yuan,
    b.classification AS code, CONCAT('尾号', b.account_last4) AS said_zh
FROM matched.bank_lines AS b
INNER JOIN facts.cutoffs AS c
    ON c.city_code = b.city_code AND c.cutoff IN ('fiscal', 'extended')
    AND (
        b.value_on BETWEEN make_date(c.budget_year, 1, 1) AND c.cutoff_on
        OR b.booked_on BETWEEN make_date(c.budget_year, 1, 1) AND c.cutoff_on
    )
INNER JOIN facts.accounts AS a
    ON a.account_key = b.account_key
    AND (a.enabled_on IS NULL OR a.enabled_on <= b.booked_on)
    AND (a.disabled_on IS NULL OR a.disabled_on >= b.booked_on)
LEFT JOIN waived AS w ON w.row_id = b.row_id
WHERE b.classification IN ('unexplained', 'ambiguous') AND w.row_id IS NULL
ORDER BY c.budget_year, c.cutoff, b.unit_code, b.value_on, b.bank_line_id
