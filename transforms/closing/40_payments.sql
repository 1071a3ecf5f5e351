-- 结账障碍四: payments of the year, due by the cut-off, for which no bank line or more than one answers.
-- Grain: one row per budget year, cutoff and payment. A payment without any date is due.
-- A payment whose finding, whose list's finding, or that of the bank line in doubt, has been waived stands in nobody's way.
-- Reads: matched.payments, matched.doubts, facts.cutoffs, judged.findings.
WITH waived AS (
    SELECT detail, unit_code, batch_no, row_id, subject_key
    FROM judged.findings
    WHERE status = 'waived' AND detail IN ('M91.ambiguous', 'M92.batch', 'M92.line', 'R16.total')
),
answered AS (
    SELECT p.payment_id
    FROM matched.payments AS p
    INNER JOIN waived AS w ON w.detail = 'M92.line' AND w.row_id = p.row_id
    UNION
    SELECT p.payment_id
    FROM matched.payments AS p
    INNER JOIN waived AS w
        ON w.detail IN ('M92.batch', 'R16.total') AND w.unit_code = p.unit_code AND w.batch_no = p.batch_no
    UNION
    SELECT d.payment_id
    FROM matched.doubts AS d
    INNER JOIN waived AS w ON w.detail = 'M91.ambiguous' AND w.subject_key = d.bank_line_id
)
SELECT
    c.city_code, c.budget_year, c.cutoff, 'payment' AS obstacle, p.unit_code, p.source_file, p.sheet, p.row_no,
    p.payment_id AS subject_id, p.pay_on AS from_on, p.pay_on AS to_on, p.amount_yuan,
    p.status AS code, COALESCE(p.batch_no, '') AS said_zh
FROM matched.payments AS p
INNER JOIN facts.cutoffs AS c
    ON c.city_code = p.city_code AND c.budget_year = p.budget_year AND c.cutoff IN ('fiscal', 'extended')
LEFT JOIN answered AS a ON a.payment_id = p.payment_id
WHERE p.status IN ('unmatched', 'ambiguous')
    AND (p.pay_on IS NULL OR p.pay_on <= c.cutoff_on)
    AND a.payment_id IS NULL
ORDER BY c.budget_year, c.cutoff, p.unit_code, p.pay_on, p.payment_id
