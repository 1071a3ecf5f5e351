-- What people decided about bank lines, as `explain` shows it: who, when, what, and whether it holds.
-- Grain: one row per choice that stands and payment that it names; a choice that names none, or a list that holds nothing
-- any more, is one row without payment. void_code: why it does not hold.
-- Reads: facts.choices, matched.decided, matched.void_decisions, received.receipts.
SELECT
    c.city_code, c.bank_line_id, COALESCE(d.payment_id, c.payment_id) AS payment_id, c.choice, c.decided_by, c.decided_on,
    c.decision_note, v.void_code, c.receipt_id, c.source_file, r.sha256, c.sheet, c.row_no
FROM facts.choices AS c
INNER JOIN received.receipts AS r ON r.receipt_id = c.receipt_id
LEFT JOIN matched.decided AS d ON d.row_id = c.row_id
LEFT JOIN matched.void_decisions AS v ON v.row_id = c.row_id
ORDER BY c.row_id, d.payment_id
