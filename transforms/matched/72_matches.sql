-- The certificates: which bank line answers what, and by which rule.
-- Grain: one row per bank line and payment that it pays or undoes; one row where no single payment is known. A bank
-- line's rows add up to it: what a debit carries beyond the lines that it pays is a row without payment.
-- Reads: the passes before this one.
WITH answered AS (
    SELECT 'M10.receipt' AS rule, r.bank_line_id, CAST(NULL AS VARCHAR) AS payment_id, CAST(NULL AS VARCHAR) AS batch_no,
        CAST(NULL AS VARCHAR) AS notice_no, r.row_id AS arrival_row_id, r.amount_yuan, r.candidate_count
    FROM matched.receipts AS r
    UNION ALL
    SELECT 'M10.receipt', s.bank_line_id, NULL, NULL, NULL, s.answered_id, s.share_yuan, s.candidate_count
    FROM matched.sums AS s
    WHERE s.pass = 'M10'
    UNION ALL
    SELECT 'M11.quota_notice', bank_line_id, NULL, NULL, NULL, row_id, amount_yuan, candidate_count FROM matched.quota_notices
    UNION ALL
    SELECT
        CASE WHEN k.direction = 'out' THEN 'M22.clawback_out' ELSE 'M23.clawback_in' END,
        k.bank_line_id, NULL, NULL, k.decision_no, NULL, k.amount_yuan, k.candidate_count
    FROM matched.clawbacks AS k
    UNION ALL
    SELECT 'M63.correction', c.bank_line_id, NULL, NULL, NULL, NULL, c.amount_yuan, 1 FROM matched.bank_corrections AS c
    UNION ALL
    SELECT 'M63.correction', c.corrected_line_id, NULL, NULL, NULL, NULL, c.amount_yuan, 1 FROM matched.bank_corrections AS c
    UNION ALL
    SELECT 'M66.treasury_clearing', t.bank_line_id, NULL, NULL, NULL, NULL, t.amount_yuan, 1 FROM matched.treasury_clearings AS t
    UNION ALL
    SELECT 'M20.allotment_out', o.bank_line_id, NULL, NULL, o.notice_no, NULL, o.amount_yuan, o.candidate_count
    FROM matched.allotments_out AS o
    UNION ALL
    SELECT 'M21.allotment_in', i.bank_line_id, NULL, NULL, i.notice_no, NULL, i.amount_yuan, i.candidate_count
    FROM matched.allotments_in AS i
    UNION ALL
    SELECT
        CASE
            WHEN d.row_id IS NOT NULL THEN 'M05.decided'
            WHEN r.bank_line_id IS NOT NULL THEN 'M64.reimbursement'
            WHEN p.shape = 'batch' THEN 'M30.batch'
            WHEN i.payment_id IS NOT NULL THEN 'M51.reissue'
            ELSE 'M40.single'
        END,
        p.bank_line_id, p.payment_id, l.batch_no, l.notice_no, NULL, p.amount_yuan, p.candidate_count
    FROM matched.paid AS p
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    LEFT JOIN matched.reissues AS i ON i.payment_id = p.payment_id
    LEFT JOIN (SELECT DISTINCT bank_line_id FROM matched.reimbursements) AS r ON r.bank_line_id = p.bank_line_id
    LEFT JOIN matched.decided AS d ON d.payment_id = p.payment_id AND d.direction = 'out' AND d.void_code IS NULL
    UNION ALL -- the same money where it arrives on the unit's own account
    SELECT 'M64.reimbursement', b.bank_line_id, NULL, NULL, NULL, NULL, b.amount_yuan, 1
    FROM matched.bank_lines AS b
    WHERE b.classification = 'reimbursement' AND b.direction = 'in'
    UNION ALL
    SELECT 'M65.advance', v.bank_line_id, NULL, t.batch_no, NULL, NULL, v.amount_yuan, 1
    FROM matched.advances AS v
    INNER JOIN matched.batch_totals AS t ON t.batch_key = v.batch_key
    UNION ALL
    SELECT CASE WHEN d.row_id IS NULL THEN 'M50.return' ELSE 'M05.decided' END, t.bank_line_id, t.payment_id,
        l.batch_no, l.notice_no, NULL, t.amount_yuan, t.candidate_count
    FROM matched.returns AS t
    INNER JOIN matched.payment_lines AS l ON l.payment_id = t.payment_id
    LEFT JOIN matched.decided AS d ON d.payment_id = t.payment_id AND d.bank_line_id = t.bank_line_id AND d.void_code IS NULL
    UNION ALL
    SELECT 'M52.refund', f.bank_line_id, f.payment_id, l.batch_no, l.notice_no, NULL, f.amount_yuan, f.candidate_count
    FROM matched.refunds AS f
    INNER JOIN matched.payment_lines AS l ON l.payment_id = f.payment_id
    UNION ALL -- suppliers, collective visits: no single payment
    SELECT rule, bank_line_id, NULL, batch_no, NULL, NULL, amount_yuan, candidate_count FROM matched.claim_outcomes
    WHERE rule IS NOT NULL UNION ALL
    SELECT 'M62.own_transfer', b.bank_line_id, NULL, NULL, NULL, NULL, b.amount_yuan, 1
    FROM matched.bank_lines AS b
    WHERE b.classification = 'own_transfer'
    UNION ALL
    SELECT
        CASE WHEN b.classification = 'fee' THEN 'M60.fee' ELSE 'M61.interest' END,
        b.bank_line_id, NULL, NULL, NULL, NULL, b.amount_yuan, 1
    FROM matched.bank_lines AS b
    WHERE b.classification IN ('fee', 'interest')
),
debits AS (
    SELECT DISTINCT d.bank_line_id, t.batch_no
    FROM matched.batch_debits AS d
    INNER JOIN matched.batch_payments AS p ON p.batch_key = d.batch_key
    INNER JOIN matched.batch_totals AS t ON t.batch_key = d.batch_key
    WHERE d.pass = 'M30'
),
carried AS ( -- with those debits of a list that no line was put to
    SELECT rule, bank_line_id, batch_no, amount_yuan, candidate_count FROM answered
    UNION ALL
    SELECT 'M30.batch', bank_line_id, batch_no, 0, 1 FROM debits
),
remainders AS (
    SELECT
        a.rule, a.bank_line_id, CAST(NULL AS VARCHAR) AS payment_id, MIN(a.batch_no) AS batch_no,
        CAST(NULL AS VARCHAR) AS notice_no, CAST(NULL AS VARCHAR) AS arrival_row_id,
        CAST(MIN(b.amount_yuan) - SUM(a.amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan,
        MIN(a.candidate_count) AS candidate_count
    FROM carried AS a
    INNER JOIN facts.bank_lines AS b ON b.bank_line_id = a.bank_line_id
    WHERE a.rule IN ('M05.decided', 'M30.batch', 'M64.reimbursement')
    GROUP BY a.rule, a.bank_line_id
    HAVING MIN(b.amount_yuan) <> SUM(a.amount_yuan)
),
gathered AS (
    SELECT * FROM answered
    UNION ALL
    SELECT * FROM remainders
)
SELECT
    SUBSTR(SHA256(CONCAT_WS('|',
        g.rule, g.bank_line_id, COALESCE(g.payment_id, ''), COALESCE(g.notice_no, ''), a.fact_key, c.batch_no
    )), 1, 16) AS match_id,
    p.city_code,
    g.rule, g.bank_line_id, g.payment_id, g.batch_no, g.notice_no, g.arrival_row_id,
    CAST(g.amount_yuan AS DECIMAL(18, 2)) AS amount_yuan,
    CAST(g.candidate_count AS BIGINT) AS candidate_count
FROM gathered AS g
CROSS JOIN run.parameters AS p
LEFT JOIN facts.arrivals AS a ON a.row_id = g.arrival_row_id
LEFT JOIN matched.claim_outcomes AS c ON c.bank_line_id = g.bank_line_id AND c.rule = g.rule AND c.batch_no = g.batch_no
ORDER BY g.rule, g.bank_line_id, g.payment_id, g.notice_no, match_id
