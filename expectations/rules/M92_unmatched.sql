-- M92 未对上账: covered by statements, and no bank line. A list without any debit is one finding (.batch); a list of which
-- some lines were paid, one per line (.line). An arrival that must meet a credit (.arrival), a notice's money to a unit
-- (.notice); an invoice with a stated 付款日期 (.purchase), the money of a collective visit (.group_visit). A list whose
-- total differs from the debit that names it is told once, as R16.total; a list of which a held line shows no amount
-- has no sum to be looked for, until that line is corrected.
-- Reads: matched.payments, matched.batches, matched.receipts, matched.sums, matched.allotments_out,
-- matched.notice_sums, matched.payables, matched.payable_shares, matched.claim_parts, matched.claim_doubts,
-- matched.windows, facts.arrivals, facts.accounts, facts.coverage, facts.units, policy.arrival_modes.
WITH open_lines AS (
    SELECT p.*, b.bank_line_count = 0 AND NOT b.is_singles_only AS is_whole_batch
    FROM matched.payments AS p
    INNER JOIN matched.batches AS b ON b.unit_code = p.unit_code AND b.batch_no = p.batch_no
    WHERE p.status = 'unmatched' AND NOT b.is_total_broken AND (b.single_count > 0 OR NOT b.has_unread_amount)
),
open_batches AS (
    SELECT unit_code, batch_no, MIN(row_id) AS row_id, COUNT(*) AS line_count,
        CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan, MIN(pay_on) AS pay_on
    FROM open_lines
    WHERE is_whole_batch
    GROUP BY unit_code, batch_no
),
open_bills AS ( -- an invoice, or a collective visit, of which nothing was paid and that no debit may be meant for
    SELECT b.kind, b.unit_code, b.bill_key, MIN(b.row_id) AS row_id, MIN(b.payee_name) AS payee_name, MIN(b.due_on) AS due_on,
        MIN(b.batch_no) AS batch_no, MIN(b.invoice_no) AS invoice_no,
        CAST(SUM(b.amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan
    FROM matched.payables AS b
    LEFT JOIN (SELECT DISTINCT payable_id FROM matched.payable_shares) AS s ON s.payable_id = b.payable_id
    LEFT JOIN (
        SELECT DISTINCT c.payable_id
        FROM matched.claim_parts AS c
        INNER JOIN matched.claim_doubts AS d ON d.claim_id = c.claim_id
    ) AS q ON q.payable_id = b.payable_id
    WHERE b.amount_yuan > 0 AND s.payable_id IS NULL AND q.payable_id IS NULL
    GROUP BY b.kind, b.unit_code, b.bill_key
),
due AS (
    SELECT 'arrival' AS what, a.row_id, a.unit_code, a.received_on AS due_on, w.receipt_days AS days_after,
        a.amount_yuan, CONCAT_WS('|', 'arrivals', a.fact_key) AS subject_key, CAST(NULL AS VARCHAR) AS notice_no,
        COALESCE(a.payer_name, '') AS other_zh, CAST(NULL AS VARCHAR) AS purchase_no, CAST(NULL AS VARCHAR) AS invoice_no
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode AND m.needs_credit
    LEFT JOIN matched.receipts AS r ON r.row_id = a.row_id
    CROSS JOIN matched.windows AS w
    WHERE r.row_id IS NULL AND NOT EXISTS (SELECT 1 FROM matched.sums AS s WHERE s.answered_id = a.row_id)
    UNION ALL
    SELECT 'notice', CAST(NULL AS VARCHAR), n.paying_unit_code, n.allotted_on, w.allotment_days,
        n.amount_yuan, CONCAT_WS('|', 'notice', n.notice_no, n.payee_unit_code), n.notice_no,
        COALESCE(u.unit_name, n.payee_unit_code), NULL, NULL
    FROM matched.notice_sums AS n
    LEFT JOIN matched.allotments_out AS o
        ON o.notice_no = n.notice_no AND o.payee_unit_code = n.payee_unit_code
    LEFT JOIN facts.units AS u ON u.unit_code = n.payee_unit_code
    CROSS JOIN matched.windows AS w
    WHERE o.notice_no IS NULL
    UNION ALL
    SELECT CASE WHEN b.kind = 'visits' THEN 'group_visit' ELSE 'purchase' END, b.row_id, b.unit_code, b.due_on,
        w.purchase_days, b.amount_yuan, CONCAT_WS('|', 'bill', b.unit_code, b.bill_key), CAST(NULL AS VARCHAR),
        b.payee_name, b.batch_no, b.invoice_no
    FROM open_bills AS b
    CROSS JOIN matched.windows AS w
),
awaited AS (
    SELECT DISTINCT d.subject_key
    FROM due AS d
    LEFT JOIN facts.accounts AS c
        ON c.unit_code = d.unit_code
        AND (c.disabled_on IS NULL OR c.disabled_on >= d.due_on)
        AND (c.enabled_on IS NULL OR c.enabled_on <= CAST(d.due_on + d.days_after * INTERVAL '1' DAY AS DATE))
    LEFT JOIN facts.coverage AS v
        ON v.account_key = c.account_key AND v.covered_from <= d.due_on
        AND v.covered_to >= CAST(d.due_on + d.days_after * INTERVAL '1' DAY AS DATE)
    WHERE v.account_key IS NULL
)
SELECT
    'M92.batch' AS rule_id, unit_code, 'rosters' AS kind, row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', 'batch', unit_code, batch_no) AS subject_key,
    batch_no, CAST(NULL AS VARCHAR) AS notice_no, batch_no AS arg1, CAST(amount_yuan AS VARCHAR) AS arg2,
    CAST(pay_on AS VARCHAR) AS arg3, CAST(line_count AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM open_batches
UNION ALL
SELECT
    'M92.line', unit_code, 'rosters', row_id, NULL, person_name, payment_id, batch_no, notice_no,
    CAST(amount_yuan AS VARCHAR), CAST(pay_on AS VARCHAR), NULL, NULL, NULL, NULL
FROM open_lines
WHERE NOT is_whole_batch
UNION ALL
SELECT
    CONCAT('M92.', d.what), d.unit_code,
    CASE d.what WHEN 'arrival' THEN 'arrivals' WHEN 'notice' THEN 'allotments' WHEN 'purchase' THEN 'purchases'
        ELSE 'visits' END, d.row_id,
    NULL, NULL, d.subject_key, NULL, d.notice_no, CAST(d.amount_yuan AS VARCHAR), CAST(d.due_on AS VARCHAR), d.other_zh,
    d.purchase_no, d.invoice_no, NULL
FROM due AS d
LEFT JOIN awaited AS a ON a.subject_key = d.subject_key
WHERE a.subject_key IS NULL AND d.due_on IS NOT NULL
