-- What the bank shows and what the books expect, entry by entry, in the form of the monthly agreement.
-- Grain: one row per bank line (side bank), and per payment, payable (a line of a purchase, a collective visit), return, refund, arrival with a credit, and end of a transfer of a notice or
-- of a clawback (side books); an arrival of several credits is one entry for each. falls_on: booked or due on; settled_on: the day on which the other side was there, NULL = open.
-- A payment is due on its 发放日期, or on the day that the bank paid it if that came first; without either it is not due.
-- account_key of the books is that of the answering bank line, NULL while there is none.
-- Reads: matched.bank_lines, matched.payments, matched.matches, matched.notice_sums, matched.allotments_out,
-- matched.allotments_in, matched.payables, matched.payable_shares, matched.clawback_ends, matched.clawbacks, facts.arrivals, policy.arrival_modes.
WITH answers AS (
    SELECT m.payment_id, m.arrival_row_id, b.direction, b.account_key, b.booked_on, m.amount_yuan
    FROM matched.matches AS m
    INNER JOIN matched.bank_lines AS b ON b.bank_line_id = m.bank_line_id
),
bank AS (
    SELECT
        city_code, 'bank' AS side, unit_code, account_key, fund_source, direction, booked_on AS falls_on,
        CASE WHEN classification NOT IN ('unexplained', 'ambiguous') THEN booked_on END AS settled_on,
        classification IN ('fee', 'interest', 'own_transfer', 'out_of_scope', 'advance', 'cash', 'correction',
                'treasury_clearing', 'quota_notice', 'staff_reimbursement')
            OR (classification = 'reimbursement' AND direction = 'in') AS is_without_entry,
        amount_yuan
    FROM matched.bank_lines
),
payments AS (
    SELECT
        p.city_code, 'books' AS side, p.unit_code, a.account_key, p.fund_source, 'out' AS direction,
        LEAST(COALESCE(p.pay_on, a.booked_on), COALESCE(a.booked_on, p.pay_on)) AS falls_on,
        a.booked_on AS settled_on, FALSE AS is_without_entry, p.amount_yuan
    FROM matched.payments AS p
    LEFT JOIN answers AS a ON a.payment_id = p.payment_id AND a.direction = 'out'
    WHERE p.status NOT IN ('held', 'failed')
),
returns AS (
    SELECT
        p.city_code, 'books' AS side, p.unit_code, a.account_key, p.fund_source, 'in' AS direction,
        COALESCE(p.returned_on, a.booked_on) AS falls_on, a.booked_on AS settled_on, FALSE AS is_without_entry,
        a.amount_yuan
    FROM matched.payments AS p
    INNER JOIN answers AS a ON a.payment_id = p.payment_id AND a.direction = 'in'
),
arrivals AS (
    SELECT
        r.city_code, 'books' AS side, r.unit_code, a.account_key, r.fund_source, 'in' AS direction,
        r.received_on AS falls_on, a.booked_on AS settled_on, FALSE AS is_without_entry,
        COALESCE(a.amount_yuan, r.amount_yuan) AS amount_yuan
    FROM facts.arrivals AS r
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = r.arrival_mode AND m.needs_credit
    LEFT JOIN answers AS a ON a.arrival_row_id = r.row_id
),
answered_ends AS (
    SELECT notice_no, payee_unit_code, 'out' AS direction, bank_line_id FROM matched.allotments_out
    UNION ALL
    SELECT notice_no, payee_unit_code, 'in', bank_line_id FROM matched.allotments_in
),
ends AS (
    SELECT city_code, notice_no, paying_unit_code AS unit_code, payee_unit_code, 'out' AS direction, fund_source,
        allotted_on, amount_yuan
    FROM matched.notice_sums
    UNION ALL
    SELECT city_code, notice_no, payee_unit_code, payee_unit_code, 'in', fund_source, allotted_on, amount_yuan
    FROM matched.notice_sums
),
transfers AS (
    SELECT
        e.city_code, 'books' AS side, e.unit_code, b.account_key, e.fund_source, e.direction,
        COALESCE(e.allotted_on, b.booked_on) AS falls_on, b.booked_on AS settled_on, FALSE AS is_without_entry,
        e.amount_yuan
    FROM ends AS e
    LEFT JOIN answered_ends AS a
        ON a.notice_no = e.notice_no AND a.payee_unit_code = e.payee_unit_code AND a.direction = e.direction
    LEFT JOIN matched.bank_lines AS b ON b.bank_line_id = a.bank_line_id
),
clawbacks AS (
    SELECT
        e.city_code, 'books' AS side, e.unit_code, b.account_key, e.fund_source, e.direction,
        COALESCE(e.allotted_on, b.booked_on) AS falls_on, b.booked_on AS settled_on, FALSE AS is_without_entry,
        e.amount_yuan
    FROM matched.clawback_ends AS e
    LEFT JOIN matched.clawbacks AS k
        ON k.decision_no = e.decision_no AND k.payee_unit_code = e.payee_unit_code AND k.direction = e.direction
    LEFT JOIN matched.bank_lines AS b ON b.bank_line_id = k.bank_line_id
),
payables AS ( -- suppliers and collective visits: what bank lines answer, and what is due and open
    SELECT
        p.city_code, 'books' AS side, p.unit_code, b.account_key, p.fund_source, s.direction,
        CASE WHEN s.direction = 'in' THEN b.booked_on
            ELSE LEAST(COALESCE(p.due_on, b.booked_on), b.booked_on) END AS falls_on,
        b.booked_on AS settled_on, FALSE AS is_without_entry, s.share_yuan AS amount_yuan
    FROM matched.payable_shares AS s
    INNER JOIN matched.payables AS p ON p.payable_id = s.payable_id
    INNER JOIN matched.bank_lines AS b ON b.bank_line_id = s.bank_line_id
    UNION ALL
    SELECT p.city_code, 'books', p.unit_code, NULL, p.fund_source, 'out', p.due_on, NULL, FALSE, p.amount_yuan
    FROM matched.payables AS p
    WHERE p.amount_yuan > 0 AND NOT EXISTS (SELECT 1 FROM matched.payable_shares AS s WHERE s.payable_id = p.payable_id)
),
entries AS (
    SELECT * FROM bank
    UNION ALL SELECT * FROM payables
    UNION ALL SELECT * FROM payments
    UNION ALL SELECT * FROM returns
    UNION ALL SELECT * FROM arrivals
    UNION ALL SELECT * FROM transfers
    UNION ALL SELECT * FROM clawbacks
)
SELECT city_code, side, unit_code, account_key, fund_source, direction, falls_on, settled_on, is_without_entry, amount_yuan
FROM entries
WHERE falls_on IS NOT NULL
ORDER BY side, unit_code, account_key, fund_source, direction, falls_on, settled_on, amount_yuan
