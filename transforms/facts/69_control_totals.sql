-- The totals that a statement states, beside what its lines add up to.
-- Grain: one row per sheet that states any total, of an account whose statements are full. What a sheet does not state
-- is NULL. missing_yuan: what the lines lack, receipts less payments. is_judged: every row of the sheet could be read
-- and belongs to one account. is_mended: a statement received later covers its days with right totals.
-- Reads: received.control_totals, received.statement_periods, facts.receipts, validated.bank_statements,
-- facts.standing, facts.accounts.
WITH listed AS (
    SELECT
        v.receipt_id, v.sheet, MIN(s.account_key) AS account_key, MIN(v.row_id) AS row_id,
        COUNT(*) AS line_count,
        SUM(CASE WHEN v.direction = 'in' THEN 1 ELSE 0 END) AS in_count,
        SUM(CASE WHEN v.direction = 'out' THEN 1 ELSE 0 END) AS out_count,
        CAST(SUM(CASE WHEN v.direction = 'in' THEN v.amount_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS in_yuan,
        CAST(SUM(CASE WHEN v.direction = 'out' THEN v.amount_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS out_yuan,
        COUNT(*) = COUNT(s.account_key) AND COUNT(DISTINCT s.account_key) = 1 AS is_judged,
        MIN(v.booked_on) AS first_on,
        MAX(v.booked_on) AS last_on
    FROM validated.bank_statements AS v
    LEFT JOIN facts.standing AS s ON s.row_id = v.row_id
    GROUP BY v.receipt_id, v.sheet
),
compared AS (
    SELECT
        t.receipt_id, t.sheet, r.ingest_no, l.row_id, l.account_key, a.unit_code,
        SUBSTR(a.account_no, -4, 4) AS account_last4,
        COALESCE(p.starts_on, l.first_on) AS starts_on, COALESCE(p.ends_on, l.last_on) AS ends_on,
        t.in_yuan AS stated_in_yuan, l.in_yuan AS listed_in_yuan,
        t.out_yuan AS stated_out_yuan, l.out_yuan AS listed_out_yuan,
        COALESCE(t.line_count, t.in_count, t.out_count) AS stated_count,
        CASE
            WHEN t.line_count IS NOT NULL THEN l.line_count
            WHEN t.in_count IS NOT NULL THEN l.in_count
            WHEN t.out_count IS NOT NULL THEN l.out_count
        END AS listed_count,
        CAST(COALESCE(t.in_yuan - l.in_yuan, 0) - COALESCE(t.out_yuan - l.out_yuan, 0) AS DECIMAL(18, 2))
            AS missing_yuan,
        l.is_judged,
        COALESCE(t.in_yuan <> l.in_yuan, FALSE) OR COALESCE(t.out_yuan <> l.out_yuan, FALSE) AS is_sum_wrong,
        COALESCE(t.line_count <> l.line_count, FALSE) OR COALESCE(t.in_count <> l.in_count, FALSE)
            OR COALESCE(t.out_count <> l.out_count, FALSE) AS is_count_wrong
    FROM received.control_totals AS t
    INNER JOIN facts.receipts AS r ON r.receipt_id = t.receipt_id
    INNER JOIN listed AS l ON l.receipt_id = t.receipt_id AND l.sheet = t.sheet
    INNER JOIN facts.accounts AS a
        ON a.account_key = l.account_key AND COALESCE(a.statement_scope, 'full') = 'full'
    LEFT JOIN (
        SELECT receipt_id, sheet, MIN(starts_on) AS starts_on, MAX(ends_on) AS ends_on
        FROM received.statement_periods
        GROUP BY receipt_id, sheet
    ) AS p ON p.receipt_id = t.receipt_id AND p.sheet = t.sheet
)
SELECT
    c.receipt_id, c.sheet, c.row_id, c.account_key, c.unit_code, c.account_last4, c.starts_on, c.ends_on,
    c.stated_in_yuan, c.listed_in_yuan, c.stated_out_yuan, c.listed_out_yuan, c.stated_count, c.listed_count,
    c.missing_yuan, c.is_judged,
    c.is_judged AND c.is_sum_wrong AS is_sum_wrong,
    c.is_judged AND c.is_count_wrong AS is_count_wrong,
    EXISTS (
        SELECT 1 FROM compared AS m
        WHERE m.account_key = c.account_key AND m.ingest_no > c.ingest_no AND m.starts_on <= c.starts_on
            AND m.ends_on >= c.ends_on AND m.is_judged AND NOT m.is_sum_wrong AND NOT m.is_count_wrong
    ) AS is_mended
FROM compared AS c
ORDER BY c.receipt_id, c.sheet
