-- Lists and debits that may be one for the other, and nobody can say which for which: both are still open.
-- Grain: one row per open list and open debit, by amount or, where several debits name and equal the list, by number. Weaker
-- evidence does not settle them: no sum, no debit to one of the payees.
-- Reads: matched.batch_candidates, matched.batches_by_amount, matched.batch_links, matched.batch_totals,
-- matched.payee_debits, matched.batches_named.
SELECT c.batch_key, c.bank_line_id
FROM matched.batch_candidates AS c
WHERE c.batch_key NOT IN (SELECT m.batch_key FROM matched.batches_by_amount AS m)
    AND c.bank_line_id NOT IN (SELECT m.bank_line_id FROM matched.batches_by_amount AS m)
UNION
SELECT k.batch_key, k.bank_line_id
FROM matched.batch_links AS k
INNER JOIN matched.batch_totals AS t ON t.batch_key = k.batch_key
WHERE (k.amount_yuan = t.success_yuan OR k.amount_yuan = t.total_yuan)
    AND k.bank_line_id NOT IN (SELECT p.bank_line_id FROM matched.payee_debits AS p)
    AND k.batch_key NOT IN (SELECT m.batch_key FROM matched.batches_named AS m)
    AND k.bank_line_id NOT IN (SELECT m.bank_line_id FROM matched.batches_named AS m)
ORDER BY batch_key, bank_line_id
