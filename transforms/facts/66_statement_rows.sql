-- Statement rows beside the row that the bank booked before them, as each file has it: oldest first or newest first,
-- whichever lets more balances run on.
-- Grain: one row per received statement row; bank_line_id is NULL where the row could not be read. previous_yuan is
-- NULL where that row could not be read or shows no balance. unread_count: unreadable rows of the same sheet.
-- Reads: validated.bank_statements, facts.standing.
WITH statement_rows AS (
    SELECT
        v.row_id, v.receipt_id, v.sheet, v.row_no, v.booked_on, v.balance_yuan,
        COALESCE(s.account_key, MIN(s.account_key) OVER (PARTITION BY v.receipt_id, v.sheet)) AS account_key,
        CASE WHEN s.row_id IS NOT NULL THEN SUBSTR(SHA256(CONCAT(s.account_key, '|', s.fact_key)), 1, 16) END
            AS bank_line_id,
        v.balance_yuan - CASE WHEN v.direction = 'in' THEN v.amount_yuan ELSE -v.amount_yuan END AS before_yuan
    FROM validated.bank_statements AS v
    LEFT JOIN facts.standing AS s ON s.row_id = v.row_id
),
neighbours AS (
    SELECT
        r.*,
        LAG(r.row_id) OVER (PARTITION BY r.receipt_id, r.sheet, r.account_key ORDER BY r.row_no) AS upper_row_id,
        LAG(r.bank_line_id) OVER (PARTITION BY r.receipt_id, r.sheet, r.account_key ORDER BY r.row_no) AS upper_id,
        LAG(r.balance_yuan) OVER (PARTITION BY r.receipt_id, r.sheet, r.account_key ORDER BY r.row_no) AS upper_yuan,
        LAG(r.booked_on) OVER (PARTITION BY r.receipt_id, r.sheet, r.account_key ORDER BY r.row_no) AS upper_on,
        LEAD(r.row_id) OVER (PARTITION BY r.receipt_id, r.sheet, r.account_key ORDER BY r.row_no) AS lower_row_id,
        LEAD(r.bank_line_id) OVER (PARTITION BY r.receipt_id, r.sheet, r.account_key ORDER BY r.row_no) AS lower_id,
        LEAD(r.balance_yuan) OVER (PARTITION BY r.receipt_id, r.sheet, r.account_key ORDER BY r.row_no) AS lower_yuan
    FROM statement_rows AS r
),
sheets AS (
    SELECT
        receipt_id, sheet, account_key,
        SUM(CASE WHEN lower_yuan = before_yuan THEN 1 ELSE 0 END) AS upward,
        SUM(CASE WHEN upper_yuan = before_yuan THEN 1 ELSE 0 END) AS downward,
        SUM(CASE WHEN booked_on < upper_on THEN 1 WHEN booked_on > upper_on THEN -1 ELSE 0 END) AS days_fall,
        SUM(CASE WHEN bank_line_id IS NULL THEN 1 ELSE 0 END) AS unread_count
    FROM neighbours
    GROUP BY receipt_id, sheet, account_key
),
directed AS (
    SELECT n.*, s.unread_count, s.upward > s.downward OR (s.upward = s.downward AND s.days_fall > 0) AS is_newest_first
    FROM neighbours AS n
    INNER JOIN sheets AS s
        ON s.receipt_id = n.receipt_id AND s.sheet = n.sheet AND s.account_key = n.account_key
)
SELECT
    row_id, receipt_id, sheet, account_key, bank_line_id, before_yuan, unread_count,
    CASE WHEN is_newest_first THEN lower_row_id ELSE upper_row_id END AS previous_row_id,
    CASE WHEN is_newest_first THEN lower_id ELSE upper_id END AS previous_line_id,
    CASE
        WHEN is_newest_first AND lower_id IS NOT NULL THEN lower_yuan
        WHEN NOT is_newest_first AND upper_id IS NOT NULL THEN upper_yuan
    END AS previous_yuan
FROM directed
ORDER BY row_id
