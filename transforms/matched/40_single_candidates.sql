-- Debits to one payee's account and the lines that they may pay.
-- Grain: one row per open payment and debit that agree in unit, payee (by account before by name) and amount within the window
-- (a line without a date: within its budget year and the next). card_key of a line without a card: its payee's name.
-- What people have decided is open no more.
-- Reads: matched.payment_lines, matched.line_results, matched.batch_payments, matched.decided, matched.payee_debits,
-- facts.bank_lines, matched.windows.
WITH open_lines AS (
    SELECT l.*, COALESCE(l.card_key, CONCAT('name:', l.payee_name)) AS payee_key
    FROM matched.payment_lines AS l
    LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
    LEFT JOIN matched.batch_payments AS p ON p.payment_id = l.payment_id
    WHERE NOT l.is_held AND p.payment_id IS NULL AND COALESCE(r.result_status, '') <> 'failed'
        AND NOT EXISTS (
            SELECT 1 FROM matched.decided AS d
            WHERE d.payment_id = l.payment_id AND d.direction = 'out' AND d.void_code IS NULL
        )
),
near AS (
    SELECT
        l.payment_id, b.bank_line_id, l.unit_code, l.payee_key AS card_key, l.amount_yuan, b.account_key, b.value_on, l.pay_on,
        CONCAT_WS('|', l.fund_source, COALESCE(l.notice_no, ''), l.aid_category, CAST(l.budget_year AS VARCHAR)) AS nature,
        CASE WHEN d.is_by_name THEN 2 ELSE 0 END + CASE WHEN STRPOS(b.memo, l.batch_no) > 0 THEN 0 ELSE 1 END AS evidence_rank,
        CASE
            WHEN l.pay_on IS NULL THEN 1000
            ELSE ABS(DATE_DIFF('day', l.pay_on, b.value_on))
        END AS days_apart
    FROM open_lines AS l
    INNER JOIN matched.payee_debits AS d ON d.card_key = l.payee_key
    INNER JOIN facts.bank_lines AS b
        ON b.bank_line_id = d.bank_line_id AND b.unit_code = l.unit_code AND b.amount_yuan = l.amount_yuan
    WHERE l.pay_on IS NOT NULL OR EXTRACT(YEAR FROM b.value_on) BETWEEN l.budget_year AND l.budget_year + 1
)
SELECT n.*
FROM near AS n
CROSS JOIN matched.windows AS w
WHERE n.days_apart <= w.single_days OR n.days_apart = 1000
ORDER BY n.payment_id, n.bank_line_id
