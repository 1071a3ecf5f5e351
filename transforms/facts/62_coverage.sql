-- Which days of an account are known from statements.
-- Grain: one row per account and unbroken span. A statement covers the period that it states, else its first to its last line;
-- the days between two statements are covered when the earlier one's last balance is the later one's opening balance.
-- Reads: received.statement_periods, facts.receipts, validated.bank_statements, facts.standing, facts.unit_names,
-- facts.account_owners, facts.bank_lines.
WITH sheet_accounts AS (
    SELECT v.receipt_id, v.sheet, MIN(c.account_key) AS account_key
    FROM validated.bank_statements AS v
    INNER JOIN facts.standing AS c ON c.row_id = v.row_id
    GROUP BY v.receipt_id, v.sheet
),
folder_accounts AS ( -- of a statement without lines that names no account: the only account of its folder's unit
    SELECT n.name AS sender, MIN(o.account_key) AS account_key
    FROM facts.unit_names AS n
    INNER JOIN facts.account_owners AS o ON o.unit_code = n.unit_code
    GROUP BY n.name
    HAVING COUNT(*) = 1
),
periods AS (
    SELECT DISTINCT COALESCE(p.account_key, s.account_key, f.account_key) AS account_key, p.starts_on, p.ends_on
    FROM received.statement_periods AS p
    INNER JOIN facts.receipts AS r ON r.receipt_id = p.receipt_id
    LEFT JOIN sheet_accounts AS s ON s.receipt_id = p.receipt_id AND s.sheet = p.sheet
    LEFT JOIN folder_accounts AS f ON f.sender = r.sender
    WHERE p.starts_on IS NOT NULL AND p.ends_on IS NOT NULL
),
ordered AS (
    SELECT
        account_key, starts_on, ends_on,
        MAX(ends_on) OVER (
            PARTITION BY account_key ORDER BY starts_on, ends_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS known_to
    FROM periods
    WHERE account_key IS NOT NULL
),
gaps AS (
    SELECT account_key, known_to, starts_on
    FROM ordered
    WHERE starts_on > CAST(known_to + INTERVAL '1' DAY AS DATE)
),
day_ends AS (
    SELECT
        g.account_key, g.known_to, g.starts_on,
        (SELECT MAX(b.booked_on) FROM facts.bank_lines AS b
         WHERE b.account_key = g.account_key AND b.booked_on <= g.known_to) AS last_on,
        (SELECT MIN(b.booked_on) FROM facts.bank_lines AS b
         WHERE b.account_key = g.account_key AND b.booked_on >= g.starts_on) AS next_on
    FROM gaps AS g
),
joined AS (
    SELECT DISTINCT d.account_key, d.starts_on
    FROM day_ends AS d
    INNER JOIN facts.bank_lines AS p ON p.account_key = d.account_key AND p.booked_on = d.last_on
    INNER JOIN facts.bank_lines AS n ON n.account_key = d.account_key AND n.booked_on = d.next_on
    WHERE p.balance_yuan = n.balance_yuan - CASE WHEN n.direction = 'in' THEN n.amount_yuan ELSE -n.amount_yuan END
),
marked AS (
    SELECT
        o.account_key, o.starts_on, o.ends_on,
        CASE
            WHEN o.known_to IS NULL THEN 1
            WHEN o.starts_on > CAST(o.known_to + INTERVAL '1' DAY AS DATE) AND j.account_key IS NULL THEN 1
            ELSE 0
        END AS is_new_span
    FROM ordered AS o
    LEFT JOIN joined AS j ON j.account_key = o.account_key AND j.starts_on = o.starts_on
),
spans AS (
    SELECT
        account_key, starts_on, ends_on,
        SUM(is_new_span) OVER (
            PARTITION BY account_key ORDER BY starts_on, ends_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS span_no
    FROM marked
)
SELECT
    (SELECT p.city_code FROM run.parameters AS p) AS city_code,
    account_key,
    MIN(starts_on) AS covered_from,
    MAX(ends_on) AS covered_to
FROM spans
GROUP BY account_key, span_no
ORDER BY account_key, covered_from
