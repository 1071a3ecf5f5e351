-- The day up to which the books are looked at: as asked, else the last booking date on any statement received.
-- Grain: one row. Never the clock; NULL before the first statement.
-- Reads: run.parameters, facts.bank_lines.
SELECT p.city_code, COALESCE(p.as_of_on, (SELECT MAX(b.booked_on) FROM facts.bank_lines AS b)) AS as_of_on
FROM run.parameters AS p
ORDER BY as_of_on
