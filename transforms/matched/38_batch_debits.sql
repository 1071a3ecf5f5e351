-- All debits that pay lists, however they were found.
-- Grain: one row per list and debit; share_yuan: what the list has of the debit. Several debits may pay one list, one debit
-- several lists. What people chose (M05) stands in matched.decided.
-- Reads: matched.batches_named, matched.batches_by_amount, matched.sums, matched.reimbursements, facts.bank_lines.
SELECT batch_key, bank_line_id, amount_yuan AS share_yuan, value_on, candidate_count, 'M30' AS pass
FROM matched.batches_named
UNION ALL
SELECT batch_key, bank_line_id, amount_yuan, value_on, candidate_count, 'M30'
FROM matched.batches_by_amount
UNION ALL
SELECT s.answered_id, s.bank_line_id, s.share_yuan, b.value_on, s.candidate_count, s.pass
FROM matched.sums AS s
INNER JOIN facts.bank_lines AS b ON b.bank_line_id = s.bank_line_id
WHERE s.pass = 'M30'
UNION ALL
SELECT batch_key, bank_line_id, share_yuan, value_on, candidate_count, 'M64'
FROM matched.reimbursements
ORDER BY batch_key, bank_line_id
