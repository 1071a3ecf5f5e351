-- 结账障碍四: payments of the year, due by the cut-off, for which no bank line or more than one answers.
-- Grain: one row per budget year, cutoff and payment. A payment without any date is due.
-- A payment whose finding, or whose list's finding, has been waived stands in nobody's way.
-- Reads: matched.payments, facts.cutoffs, judged.findings.
WITH waived AS (
    SELECT DISTINCT p.unit_code, p.batch_no, f.detail, f.row_id
    FROM judged.findings AS f
    INNER JOIN matched.payments AS p ON p.row_id = f.row_id
    WHERE f.status = 'waived' AND f.detail IN ('M91.ambiguous_payment', 'M92.batch', 'M92.line', 'R16.total')
),
answered AS (
    SELECT DISTINCT p.payment_id
    FROM matched.payments AS p
    INNER JOIN waived AS w
        ON w.row_id = p.row_id
        OR (w.detail IN ('M92.batch', 'R16.total') AND w.unit_code = p.unit_code AND w.batch_no = p.batch_no)
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
