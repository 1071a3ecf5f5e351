-- Places of an account where its balance does not run on.
-- Grain: one row per place: `line`, between two lines, named by the later one; `opening`, before the account's first
-- line on or after 启用日期, where the account register states another 期初余额. Across days that no statement covers
-- nothing breaks (R18.gap tells them). A wrong balance in one line breaks before and after it, and is said once.
-- previous_*: what stands before it in its file, else the latest line that no other continues.
-- Reads: facts.open_beginnings, facts.bank_lines, facts.accounts, facts.statement_rows.
WITH ends AS (
    SELECT
        b.bank_line_id, b.receipt_id, b.sheet, b.account_key, b.balance_yuan,
        LEAST(b.transacted_on, b.booked_on) AS from_on, GREATEST(b.transacted_on, b.booked_on) AS to_on
    FROM facts.bank_lines AS b
    WHERE b.balance_yuan IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM facts.statement_rows AS r
            WHERE r.previous_line_id = b.bank_line_id AND r.previous_yuan = r.before_yuan AND r.bank_line_id IS NOT NULL
        )
),
before AS (
    SELECT
        o.bank_line_id, e.bank_line_id AS previous_line_id, e.to_on AS previous_on, e.balance_yuan AS previous_yuan,
        e.receipt_id AS previous_receipt_id, e.sheet AS previous_sheet,
        ROW_NUMBER() OVER (
            PARTITION BY o.bank_line_id
            ORDER BY CASE WHEN r.bank_line_id IS NOT NULL THEN 0 ELSE 1 END, e.to_on DESC, e.bank_line_id
        ) AS choice
    FROM facts.open_beginnings AS o
    INNER JOIN ends AS e
        ON e.account_key = o.account_key AND e.from_on <= o.to_on AND e.bank_line_id <> o.bank_line_id
    LEFT JOIN facts.statement_rows AS r ON r.bank_line_id = o.bank_line_id AND r.previous_line_id = e.bank_line_id
    WHERE o.is_known_before OR o.place_rank > 1
),
breaks AS (
    SELECT
        o.*, p.previous_line_id, p.previous_on, p.previous_yuan, p.previous_receipt_id, p.previous_sheet,
        CAST(o.before_yuan - p.previous_yuan AS DECIMAL(18, 2)) AS difference_yuan
    FROM facts.open_beginnings AS o
    INNER JOIN before AS p ON p.bank_line_id = o.bank_line_id AND p.choice = 1
),
firsts AS (
    SELECT
        a.account_key, a.opening_balance_yuan,
        MIN(GREATEST(b.transacted_on, b.booked_on)) AS first_on
    FROM facts.accounts AS a
    INNER JOIN facts.bank_lines AS b
        ON b.account_key = a.account_key AND (a.enabled_on IS NULL OR b.booked_on >= a.enabled_on)
    WHERE a.opening_balance_yuan IS NOT NULL AND COALESCE(a.statement_scope, 'full') = 'full'
    GROUP BY a.account_key, a.opening_balance_yuan
),
first_lines AS (
    SELECT
        f.account_key, f.opening_balance_yuan, b.bank_line_id, b.row_id, b.receipt_id, b.sheet, b.unit_code,
        b.account_last4, b.booked_on,
        b.balance_yuan - CASE WHEN b.direction = 'in' THEN b.amount_yuan ELSE -b.amount_yuan END AS before_yuan,
        (SELECT MAX(r.unread_count) FROM facts.statement_rows AS r WHERE r.bank_line_id = b.bank_line_id) AS unread
    FROM firsts AS f
    INNER JOIN facts.bank_lines AS b
        ON b.account_key = f.account_key AND LEAST(b.transacted_on, b.booked_on) <= f.first_on
),
judged AS ( -- without its balance, or beside rows that could not be read, the first line says nothing of the opening
    SELECT account_key
    FROM first_lines
    GROUP BY account_key, opening_balance_yuan
    HAVING COUNT(*) = COUNT(before_yuan) AND MAX(unread) = 0
        AND SUM(CASE WHEN before_yuan = opening_balance_yuan THEN 1 ELSE 0 END) = 0
),
openings AS (
    SELECT
        f.*,
        ROW_NUMBER() OVER (
            PARTITION BY f.account_key ORDER BY CASE WHEN o.place_rank = 1 THEN 0 ELSE 1 END, f.booked_on, f.bank_line_id
        ) AS choice
    FROM first_lines AS f
    INNER JOIN judged AS j ON j.account_key = f.account_key
    LEFT JOIN facts.open_beginnings AS o ON o.bank_line_id = f.bank_line_id
)
SELECT
    'line' AS place, b.account_key, b.unit_code, b.account_last4, b.bank_line_id, b.row_id, b.receipt_id, b.sheet,
    b.booked_on, b.before_yuan, b.previous_on, b.previous_yuan, b.previous_receipt_id, b.previous_sheet,
    b.difference_yuan
FROM breaks AS b
LEFT JOIN breaks AS wrong ON wrong.bank_line_id = b.previous_line_id
WHERE wrong.bank_line_id IS NULL OR wrong.difference_yuan + b.difference_yuan <> 0
UNION ALL
SELECT
    'opening', account_key, unit_code, account_last4, bank_line_id, row_id, receipt_id, sheet, booked_on,
    CAST(before_yuan AS DECIMAL(18, 2)), CAST(NULL AS DATE), opening_balance_yuan, CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR), CAST(before_yuan - opening_balance_yuan AS DECIMAL(18, 2))
FROM openings
WHERE choice = 1
ORDER BY place, account_key, bank_line_id
