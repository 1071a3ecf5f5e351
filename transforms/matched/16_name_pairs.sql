-- Which name of the books a name on a statement may be.
-- Grain: one row per unit, name as the bank shows it (bank_name) and name as the books have it (book_name): payees and persons
-- of the unit's lists, suppliers and enterprises that it visited, units, holders of registered accounts, payers. likeness: same (but for signs that do not count or
-- count as another), hidden (the bank shows a sign for what it cannot or may not show), cut (to the width of a field). Where one
-- is the same, the others are not meant.
-- Reads: facts.bank_lines, matched.payment_lines, matched.payables, facts.units, facts.accounts, facts.arrivals, policy.name_signs,
-- matched.windows.
WITH RECURSIVE ordered AS ( -- signs that count for nothing last, for those TRANSLATE takes away
    SELECT s.*, ROW_NUMBER() OVER (ORDER BY LENGTH(s.plain) DESC, s.written) AS place FROM policy.name_signs AS s
),
signs AS (
    SELECT
        COALESCE(STRING_AGG(o.written, '' ORDER BY o.place), '') AS signs,
        COALESCE(STRING_AGG(o.plain, '' ORDER BY o.place), '') AS plains
    FROM ordered AS o
),
shown AS (
    SELECT DISTINCT unit_code, counterparty_name AS bank_name FROM facts.bank_lines WHERE counterparty_name IS NOT NULL
),
anywhere AS (
    SELECT unit_name AS book_name FROM facts.units
    UNION
    SELECT account_name FROM facts.accounts
    UNION
    SELECT payer_name FROM facts.arrivals
),
named AS (
    SELECT unit_code, payee_name AS book_name FROM matched.payment_lines
    UNION
    SELECT unit_code, person_name FROM matched.payment_lines
    UNION
    SELECT unit_code, payee_name FROM matched.payables
    UNION
    SELECT u.unit_code, a.book_name
    FROM anywhere AS a
    CROSS JOIN (SELECT DISTINCT unit_code FROM shown) AS u
),
names AS (
    SELECT bank_name AS name FROM shown
    UNION
    SELECT book_name FROM named WHERE book_name IS NOT NULL
),
places AS (
    SELECT 1 AS place, MAX(LENGTH(name)) AS last_place FROM names
    UNION ALL
    SELECT place + 1, last_place FROM places WHERE place < last_place
),
signed AS ( -- few names have such a sign, and each name is looked at once
    SELECT DISTINCT n.name
    FROM names AS n
    INNER JOIN places AS p ON p.place <= LENGTH(n.name)
    INNER JOIN policy.name_signs AS s ON s.written = SUBSTR(n.name, p.place, 1)
),
plains AS (
    SELECT name, name AS plain FROM names WHERE name NOT IN (SELECT g.name FROM signed AS g)
    UNION ALL
    SELECT g.name, TRANSLATE(g.name, s.signs, s.plains) FROM signed AS g CROSS JOIN signs AS s
),
bank AS (
    SELECT h.unit_code, h.bank_name, p.plain FROM shown AS h INNER JOIN plains AS p ON p.name = h.bank_name
),
books AS (
    SELECT n.unit_code, n.book_name, p.plain, SUBSTR(p.plain, 1, w.cut_from_count) AS head
    FROM named AS n
    INNER JOIN plains AS p ON p.name = n.book_name
    CROSS JOIN matched.windows AS w
),
same AS (
    SELECT b.unit_code, b.bank_name, k.book_name
    FROM bank AS b
    INNER JOIN books AS k ON k.unit_code = b.unit_code AND k.plain = b.plain
),
others AS (
    SELECT b.*, SUBSTR(b.plain, 1, w.cut_from_count) AS head
    FROM bank AS b
    CROSS JOIN matched.windows AS w
    WHERE NOT EXISTS (SELECT 1 FROM same AS s WHERE s.unit_code = b.unit_code AND s.bank_name = b.bank_name)
),
hidden AS ( -- at least one sign is shown, or anybody would be meant
    SELECT o.unit_code, o.bank_name, k.book_name
    FROM others AS o
    INNER JOIN books AS k
        ON k.unit_code = o.unit_code AND LENGTH(k.plain) = LENGTH(o.plain)
        AND k.plain LIKE REPLACE(o.plain, '?', '_')
    WHERE STRPOS(o.plain, '?') > 0 AND REPLACE(o.plain, '?', '') <> ''
),
cut AS (
    SELECT o.unit_code, o.bank_name, k.book_name
    FROM others AS o
    CROSS JOIN matched.windows AS w
    INNER JOIN books AS k
        ON k.unit_code = o.unit_code AND k.head = o.head AND LENGTH(k.plain) > LENGTH(o.plain)
        AND STARTS_WITH(k.plain, o.plain)
    WHERE LENGTH(o.plain) >= w.cut_from_count
)
SELECT unit_code, bank_name, book_name, 'same' AS likeness FROM same
UNION ALL
SELECT unit_code, bank_name, book_name, 'hidden' FROM hidden
UNION ALL
SELECT unit_code, bank_name, book_name, 'cut' FROM cut
ORDER BY unit_code, bank_name, book_name
