-- Debits to one payee's account and the lines that they may pay.
-- Grain: one row per open payment and debit that agree in unit, payee (by account before by name) and amount within the window
-- (a line without a date: within its budget year and the next). card_key of a line without a card: its payee's name. A debit
-- that names the list of a line that it fits pays no line of another list, even when that line is paid.
-- What people have decided is open no more.
-- Reads: matched.payment_lines, matched.line_results, matched.batch_payments, matched.decided, matched.payee_debits,
-- facts.bank_lines, matched.windows.
WITH lines AS (
    SELECT
        l.*, COALESCE(l.card_key, CONCAT('name:', l.payee_name)) AS payee_key,
        p.payment_id IS NULL AND COALESCE(r.result_status, '') <> 'failed' AND d.payment_id IS NULL AS is_open
    FROM matched.payment_lines AS l
    LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
    LEFT JOIN matched.batch_payments AS p ON p.payment_id = l.payment_id
    LEFT JOIN (
        SELECT DISTINCT payment_id FROM matched.decided WHERE direction = 'out' AND void_code IS NULL
    ) AS d ON d.payment_id = l.payment_id
    WHERE NOT l.is_held
),
near AS (
    SELECT
        l.payment_id, l.is_open, b.bank_line_id, l.unit_code, l.payee_key AS card_key, l.amount_yuan, b.account_key, b.value_on, l.pay_on,
        CONCAT_WS('|', l.fund_source, COALESCE(l.notice_no, ''), l.aid_category, CAST(l.budget_year AS VARCHAR)) AS nature,
        CASE WHEN d.is_by_name THEN 2 ELSE 0 END + CASE WHEN STRPOS(b.memo, l.batch_no) > 0 THEN 0 ELSE 1 END AS evidence_rank,
        CASE
            WHEN l.pay_on IS NULL THEN 1000
            ELSE ABS(DATE_DIFF('day', l.pay_on, b.value_on))
        END AS days_apart
    FROM lines AS l
    INNER JOIN matched.payee_debits AS d ON d.card_key = l.payee_key
    INNER JOIN facts.bank_lines AS b
        ON b.bank_line_id = d.bank_line_id AND b.unit_code = l.unit_code AND b.amount_yuan = l.amount_yuan
    WHERE l.pay_on IS NOT NULL OR EXTRACT(YEAR FROM b.value_on) BETWEEN l.budget_year AND l.budget_year + 1
),
fitting AS (
    SELECT n.*, MIN(n.evidence_rank % 2) OVER (PARTITION BY n.bank_line_id) AS least_unnamed
    FROM near AS n
    CROSS JOIN matched.windows AS w
    WHERE n.days_apart <= w.single_days OR n.days_apart = 1000
)
SELECT
    payment_id, bank_line_id, unit_code, card_key, amount_yuan, account_key, value_on, pay_on, nature, evidence_rank,
    days_apart
FROM fitting
WHERE is_open AND evidence_rank % 2 = least_unnamed
ORDER BY payment_id, bank_line_id
