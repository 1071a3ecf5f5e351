-- Every bank line with the one thing that it is.
-- Grain: one row per bank line. Outside a 专户 a line that meets nothing and does not name the funds is out_of_scope; so
-- are the bank's own fees and interest there, whatever they name; what staff are paid back there is told by its words.
-- Reads: facts.bank_lines and the passes before this one.
WITH sources AS (
    SELECT p.bank_line_id, CASE WHEN COUNT(DISTINCT l.fund_source) = 1 THEN MIN(l.fund_source) END AS fund_source
    FROM matched.paid AS p
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    GROUP BY p.bank_line_id
),
list_sources AS (
    SELECT p.batch_key, CASE WHEN COUNT(DISTINCT l.fund_source) = 1 THEN MIN(l.fund_source) END AS fund_source
    FROM matched.batch_payments AS p
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    GROUP BY p.batch_key
),
outcomes AS (
    SELECT bank_line_id, 0 AS strength, 'out_of_scope' AS classification, CAST(NULL AS VARCHAR) AS fund_source
    FROM matched.decided WHERE choice = 'not_ours' AND void_code IS NULL -- as people say
    UNION ALL SELECT bank_line_id, 0, 'correction', NULL FROM matched.bank_corrections
    UNION ALL SELECT corrected_line_id, 0, 'correction', NULL FROM matched.bank_corrections
    UNION ALL
    SELECT bank_line_id, 1, 'receipt', fund_source FROM matched.receipts
    UNION ALL
    SELECT s.bank_line_id, 1, 'receipt', CASE WHEN COUNT(DISTINCT a.fund_source) = 1 THEN MIN(a.fund_source) END
    FROM matched.sums AS s
    INNER JOIN facts.arrivals AS a ON a.row_id = s.answered_id
    WHERE s.pass = 'M10'
    GROUP BY s.bank_line_id
    UNION ALL
    SELECT bank_line_id, 1, 'quota_notice', fund_source FROM matched.quota_notices
    UNION ALL
    SELECT bank_line_id, 2, CONCAT('clawback_', direction), fund_source FROM matched.clawbacks
    UNION ALL
    SELECT bank_line_id, 5, 'treasury_clearing', NULL FROM matched.treasury_clearings
    UNION ALL
    SELECT o.bank_line_id, 2, 'allotment_out', n.fund_source
    FROM matched.allotments_out AS o
    INNER JOIN matched.notice_sums AS n ON n.notice_no = o.notice_no AND n.payee_unit_code = o.payee_unit_code
    UNION ALL
    SELECT i.bank_line_id, 2, 'allotment_in', n.fund_source
    FROM matched.allotments_in AS i
    INNER JOIN matched.notice_sums AS n ON n.notice_no = i.notice_no AND n.payee_unit_code = i.payee_unit_code
    UNION ALL
    SELECT DISTINCT p.bank_line_id, 3, p.shape, s.fund_source
    FROM matched.paid AS p
    INNER JOIN sources AS s ON s.bank_line_id = p.bank_line_id
    UNION ALL -- of several debits for a list those that no line was put to
    SELECT d.bank_line_id, 3, 'batch', MIN(s.fund_source)
    FROM matched.batch_debits AS d
    INNER JOIN list_sources AS s ON s.batch_key = d.batch_key
    WHERE d.pass = 'M30' AND d.bank_line_id NOT IN (SELECT p.bank_line_id FROM matched.paid AS p)
    GROUP BY d.bank_line_id
    UNION ALL
    SELECT DISTINCT r.bank_line_id, 2, 'reimbursement', s.fund_source
    FROM matched.reimbursements AS r
    LEFT JOIN sources AS s ON s.bank_line_id = r.bank_line_id
    UNION ALL
    SELECT t.in_line_id, 2, 'reimbursement', NULL FROM matched.reimbursing_transfers AS t
    WHERE t.bank_line_id IN (SELECT r.bank_line_id FROM matched.reimbursements AS r) AND t.in_line_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT bank_line_id, 2, 'advance', CAST(NULL AS VARCHAR) FROM matched.advances
    UNION ALL
    SELECT DISTINCT bank_line_id, strength, classification, fund_source FROM matched.claim_outcomes UNION ALL
    SELECT r.bank_line_id, 4, 'return', l.fund_source
    FROM matched.returns AS r
    INNER JOIN matched.payment_lines AS l ON l.payment_id = r.payment_id
    UNION ALL
    SELECT f.bank_line_id, 4, 'refund', l.fund_source
    FROM matched.refunds AS f
    INNER JOIN matched.payment_lines AS l ON l.payment_id = f.payment_id
    UNION ALL
    SELECT bank_line_id, 5, 'own_transfer', CAST(NULL AS VARCHAR) FROM matched.own_transfers
    UNION ALL
    SELECT bank_line_id, 6, charge, fund_source FROM matched.bank_charges
    UNION ALL
    SELECT bank_line_id, 7, 'cash', fund_source FROM matched.cash
    UNION ALL
    SELECT DISTINCT d.bank_line_id, 8, 'ambiguous', CAST(NULL AS VARCHAR) FROM matched.doubts AS d
    UNION ALL -- a credit that may undo several payments which still stand
    SELECT DISTINCT c.bank_line_id, 8, 'ambiguous', CAST(NULL AS VARCHAR)
    FROM matched.return_candidates AS c
    WHERE c.payment_id NOT IN (SELECT r.payment_id FROM matched.returns AS r)
),
strongest AS (
    SELECT
        o.*,
        ROW_NUMBER() OVER (PARTITION BY o.bank_line_id ORDER BY o.strength, o.classification) AS choice
    FROM outcomes AS o
),
words AS (
    SELECT
        bank_line_id, BOOL_OR(purpose = 'fee') AS has_fee, BOOL_OR(purpose = 'interest') AS has_interest,
        BOOL_OR(purpose = 'staff_reimbursement') AS has_staff_reimbursement, BOOL_OR(purpose = 'fund_words') AS has_fund_words
    FROM matched.line_words
    GROUP BY bank_line_id
)
SELECT
    b.row_id, b.receipt_id, b.source_file, b.sheet, b.row_no, b.city_code,
    b.bank_line_id, b.account_key, b.account_no, b.account_last4, b.account_type, b.unit_code,
    b.booked_on, b.value_on, b.direction, b.amount_yuan, b.balance_yuan,
    b.counterparty_name, b.counterparty_key, b.memo,
    COALESCE(
        s.classification,
        CASE
            WHEN b.account_type = 'special' THEN 'unexplained'
            WHEN CASE WHEN b.direction = 'out' THEN w.has_fee ELSE w.has_interest END THEN 'out_of_scope'
            WHEN b.direction = 'out' AND w.has_staff_reimbursement THEN 'staff_reimbursement'
            WHEN w.has_fund_words OR k.bank_line_id IS NOT NULL THEN 'unexplained'
            ELSE 'out_of_scope'
        END
    ) AS classification,
    s.fund_source
FROM facts.bank_lines AS b
LEFT JOIN strongest AS s ON s.bank_line_id = b.bank_line_id AND s.choice = 1
LEFT JOIN words AS w ON w.bank_line_id = b.bank_line_id
LEFT JOIN matched.broken_links AS k ON k.bank_line_id = b.bank_line_id
ORDER BY b.bank_line_id
