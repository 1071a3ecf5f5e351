-- Lines that no other line leads up to: no line of the account ends with the balance from which they start.
-- Grain: one row per such line of a full statement. is_known_before: nothing is missing between it and the last day of
-- bookings (last_on) before it. Where nothing is known of the time before, one beginning is the account's own: place_rank 1.
-- The file's own order is the first witness; what it leaves open is joined by value, for lines of one day may stand in
-- any order and in several files: an end fits a beginning when no other day of bookings lies between them. A line
-- whose predecessor in its file could not be read is not judged.
-- Reads: facts.bank_lines, facts.accounts, facts.statement_rows, facts.coverage.
WITH lines AS (
    SELECT
        b.bank_line_id, b.row_id, b.receipt_id, b.sheet, b.account_key, b.unit_code, b.account_last4, b.booked_on,
        LEAST(b.transacted_on, b.booked_on) AS from_on,
        GREATEST(b.transacted_on, b.booked_on) AS to_on,
        b.balance_yuan,
        b.balance_yuan - CASE WHEN b.direction = 'in' THEN b.amount_yuan ELSE -b.amount_yuan END AS before_yuan,
        a.opening_balance_yuan
    FROM facts.bank_lines AS b
    INNER JOIN facts.accounts AS a ON a.account_key = b.account_key AND COALESCE(a.statement_scope, 'full') = 'full'
    WHERE b.balance_yuan IS NOT NULL
),
joins AS (
    SELECT bank_line_id, previous_line_id
    FROM facts.statement_rows
    WHERE previous_yuan = before_yuan AND bank_line_id IS NOT NULL
),
ends AS (
    SELECT l.*
    FROM lines AS l
    WHERE NOT EXISTS (SELECT 1 FROM joins AS j WHERE j.previous_line_id = l.bank_line_id)
),
beginnings AS (
    SELECT l.*
    FROM lines AS l
    WHERE NOT EXISTS (SELECT 1 FROM joins AS j WHERE j.bank_line_id = l.bank_line_id)
),
dated AS (
    SELECT b.bank_line_id, MAX(p.from_on) AS last_on
    FROM beginnings AS b
    INNER JOIN lines AS p ON p.account_key = b.account_key AND p.to_on < b.from_on
    GROUP BY b.bank_line_id
),
open_beginnings AS (
    SELECT
        b.*, d.last_on,
        NOT EXISTS (
            SELECT 1 FROM facts.statement_rows AS r
            WHERE r.bank_line_id = b.bank_line_id AND r.previous_row_id IS NOT NULL
        ) AS is_first_of_file
    FROM beginnings AS b
    LEFT JOIN dated AS d ON d.bank_line_id = b.bank_line_id
    WHERE NOT EXISTS (
            SELECT 1 FROM ends AS e
            WHERE e.account_key = b.account_key AND e.balance_yuan = b.before_yuan AND e.bank_line_id <> b.bank_line_id
                AND e.from_on <= b.to_on AND e.to_on >= COALESCE(d.last_on, e.to_on)
        )
        AND NOT EXISTS (
            SELECT 1 FROM facts.statement_rows AS r
            WHERE r.bank_line_id = b.bank_line_id AND r.previous_row_id IS NOT NULL AND r.previous_yuan IS NULL
        )
),
known AS (
    SELECT
        o.*,
        o.last_on IS NOT NULL AND (
            o.from_on <= CAST(o.last_on + INTERVAL '1' DAY AS DATE)
            OR EXISTS (
                SELECT 1 FROM facts.coverage AS v
                WHERE v.account_key = o.account_key
                    AND v.covered_from <= CAST(o.last_on + INTERVAL '1' DAY AS DATE)
                    AND v.covered_to >= CAST(o.from_on - INTERVAL '1' DAY AS DATE)
            )
        ) AS is_known_before
    FROM open_beginnings AS o
)
SELECT
    k.bank_line_id, k.row_id, k.receipt_id, k.sheet, k.account_key, k.unit_code, k.account_last4, k.booked_on, k.to_on,
    CAST(k.before_yuan AS DECIMAL(18, 2)) AS before_yuan, CAST(k.balance_yuan AS DECIMAL(18, 2)) AS balance_yuan,
    k.last_on, k.is_known_before, k.is_first_of_file,
    ROW_NUMBER() OVER (
        PARTITION BY k.account_key, k.last_on, k.is_known_before
        ORDER BY CASE WHEN k.before_yuan = k.opening_balance_yuan THEN 0 WHEN k.is_first_of_file THEN 1 ELSE 2 END,
            k.from_on, k.bank_line_id
    ) AS place_rank
FROM known AS k
ORDER BY k.bank_line_id
