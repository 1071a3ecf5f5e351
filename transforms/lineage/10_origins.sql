-- Where everything that has an id stands in a received file.
-- Grain: one row per id, role and line of a file. A payment, a bank line and a finding have one line; a payment has the
-- bank's lines besides, a bank line the payments, purchases and collective visits that it pays or undoes, a household its case files and its payments, a
-- finding the decisions about it and the file that corrected it.
-- Reads: matched.payments, matched.payables, matched.payable_shares, matched.bank_lines, matched.matches, matched.household_members, facts.households, facts.said_waivers,
-- judged.findings, judged.waivers, received.receipts.
WITH lines AS (
    SELECT payment_id AS subject_id, 'payment' AS role, receipt_id, source_file, sheet, row_no, city_code
    FROM matched.payments
    UNION ALL
    SELECT bank_line_id, 'bank_line', receipt_id, source_file, sheet, row_no, city_code
    FROM matched.bank_lines
    UNION ALL
    SELECT finding_id, 'finding', receipt_id, source_file, sheet, row_no, city_code
    FROM judged.findings
    UNION ALL
    SELECT w.finding_id, 'waiver', s.receipt_id, s.source_file, s.sheet, s.row_no, s.city_code
    FROM judged.waivers AS w
    INNER JOIN facts.said_waivers AS s ON s.row_id = w.row_id
    UNION ALL
    SELECT f.finding_id, 'correction', r.receipt_id, r.source_file, NULL, NULL, r.city_code
    FROM judged.findings AS f
    INNER JOIN received.receipts AS r ON r.receipt_id = f.corrected_by
    UNION ALL
    SELECT m.payment_id, CASE WHEN b.direction = 'out' THEN 'paying_line' ELSE 'returning_line' END,
        b.receipt_id, b.source_file, b.sheet, b.row_no, b.city_code
    FROM matched.matches AS m
    INNER JOIN matched.bank_lines AS b ON b.bank_line_id = m.bank_line_id
    WHERE m.payment_id IS NOT NULL
    UNION ALL
    SELECT m.bank_line_id, 'paid_payment', p.receipt_id, p.source_file, p.sheet, p.row_no, p.city_code
    FROM matched.matches AS m
    INNER JOIN matched.payments AS p ON p.payment_id = m.payment_id
    UNION ALL
    SELECT s.bank_line_id, CASE WHEN p.kind = 'visits' THEN 'group_visit' ELSE 'purchase' END,
        p.receipt_id, p.source_file, p.sheet, p.row_no, p.city_code
    FROM matched.payable_shares AS s
    INNER JOIN matched.payables AS p ON p.payable_id = s.payable_id
    UNION ALL
    SELECT p.household_id, 'payment', p.receipt_id, p.source_file, p.sheet, p.row_no, p.city_code
    FROM matched.payments AS p
    WHERE p.household_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT COALESCE(m.household_id, h.person_key), 'household',
        h.receipt_id, h.source_file, h.sheet, h.row_no, h.city_code
    FROM facts.households AS h
    LEFT JOIN matched.household_members AS m ON m.person_key = h.person_key
)
SELECT l.city_code, l.subject_id, l.role, l.source_file, r.sha256, l.sheet, l.row_no
FROM lines AS l
LEFT JOIN received.receipts AS r ON r.receipt_id = l.receipt_id
WHERE l.subject_id IS NOT NULL AND l.source_file IS NOT NULL
ORDER BY l.subject_id, l.role, l.source_file, l.sheet, l.row_no
