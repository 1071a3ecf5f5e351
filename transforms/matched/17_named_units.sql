-- Which of our units a name on a unit's statement may be, by the unit's name or by the holder of one of its accounts.
-- Grain: one row per unit whose statement it is, name as the bank shows it, and unit that it may name.
-- Reads: matched.name_pairs, facts.units, facts.accounts.
WITH names AS (
    SELECT unit_code, unit_name AS name FROM facts.units
    UNION
    SELECT unit_code, account_name FROM facts.accounts
)
SELECT DISTINCT p.unit_code, p.bank_name, n.unit_code AS named_unit_code
FROM matched.name_pairs AS p
INNER JOIN names AS n ON n.name = p.book_name
ORDER BY p.unit_code, p.bank_name, named_unit_code
