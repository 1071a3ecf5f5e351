-- 结账障碍二: bank lines that nobody can explain, or that several things could explain, on accounts in use.
-- Grain: one row per budget year, cutoff and bank line of its span (1 January to the cut-off, by value or booking date).
-- A line whose finding has been waived stands in nobody's way, nor does one whose list's total has been, nor one that shows
-- held lines (it has no finding of its own) of which everything that holds them has been.
-- Reads: matched.bank_lines, matched.broken_links, matched.batches, matched.held_lines_at_bank, facts.accounts,
-- facts.cutoffs, judged.findings.
WITH waived AS (
    SELECT DISTINCT b.bank_line_id
    FROM judged.findings AS f
    INNER JOIN matched.bank_lines AS b ON b.row_id = f.row_id
    WHERE f.status = 'waived' AND f.detail IN ('M90.unexplained', 'M91.ambiguous')
    UNION
    SELECT k.bank_line_id
    FROM judged.findings AS f
    INNER JOIN matched.batches AS t ON t.unit_code = f.unit_code AND t.batch_no = f.batch_no
    INNER JOIN matched.broken_links AS k ON k.batch_key = t.batch_key
    WHERE f.status = 'waived' AND f.detail = 'R16.total'
    UNION
    SELECT h.bank_line_id
    FROM matched.held_lines_at_bank AS h
    LEFT JOIN judged.findings AS f
        ON f.row_id = h.row_id AND f.severity IN ('reject', 'error') AND f.status IN ('open', 'waived')
    GROUP BY h.bank_line_id
    HAVING BOOL_AND(COALESCE(f.status = 'waived', FALSE))
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
LEFT JOIN waived AS w ON w.bank_line_id = b.bank_line_id
WHERE b.classification IN ('unexplained', 'ambiguous') AND w.bank_line_id IS NULL
ORDER BY c.budget_year, c.cutoff, b.unit_code, b.value_on, b.bank_line_id
