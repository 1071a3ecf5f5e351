-- Which name of the books a name on a statement may be.
-- Grain: one row per unit, name as the bank shows it (bank_name) and name as the books have it (book_name): payees and persons
-- of the unit's lists, units, holders of registered accounts, payers. likeness: same (but for signs that do not count or
-- count as another), hidden (the bank shows a sign for what it cannot or may not show), cut (to the width of a field). Where one
-- is the same, the others are not meant.
-- Reads: facts.bank_lines, matched.payment_lines, facts.units, facts.accounts, facts.arrivals, policy.name_signs,
-- matched.windows.
WITH ordered AS ( -- signs that count for nothing last, for those TRANSLATE takes away
    SELECT s.*, ROW_NUMBER() OVER (ORDER BY LENGTH(s.plain) DESC, s.written) AS place FROM policy.name_signs AS s
),
signs AS (
    SELECT
        COALESCE(STRING_AGG(o.written, '' ORDER BY o.place), '') AS signs,
        COALESCE(STRING_AGG(o.plain, '' ORDER BY o.place), '') AS plains
    FROM ordered AS o
),
bank AS (
    SELECT DISTINCT b.unit_code, b.counterparty_name AS bank_name, TRANSLATE(b.counterparty_name, s.signs, s.plains) AS plain
    FROM facts.bank_lines AS b
    CROSS JOIN signs AS s
    WHERE b.counterparty_name IS NOT NULL
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
    SELECT u.unit_code, a.book_name
    FROM anywhere AS a
    CROSS JOIN (SELECT DISTINCT unit_code FROM bank) AS u
),
books AS (
    SELECT t.*, SUBSTR(t.plain, 1, w.cut_from_count) AS head
    FROM (
        SELECT n.unit_code, n.book_name, TRANSLATE(n.book_name, s.signs, s.plains) AS plain
        FROM named AS n
        CROSS JOIN signs AS s
        WHERE n.book_name IS NOT NULL
    ) AS t
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
