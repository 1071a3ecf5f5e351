-- How many days apart voucher and bank may be, as policy has it on the day up to which the books are looked at.
-- Grain: one row.
-- Reads: policy.parameters, facts.as_of.
SELECT
    MIN(a.city_code) AS city_code,
    CAST(MAX(CASE WHEN p.parameter = 'match.journal_window_days' THEN p.number END) AS INTEGER) AS journal_days
FROM policy.parameters AS p
CROSS JOIN facts.as_of AS a
WHERE p.applies_from <= COALESCE(a.as_of_on, DATE '9999-12-30')
    AND COALESCE(a.as_of_on, DATE '9999-12-30') < p.applies_to
ORDER BY city_code
