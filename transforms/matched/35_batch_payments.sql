-- M30 line by line: what each matched debit pays.
-- Grain: one row per payment of a matched list that no result calls 失败. With several debits a line belongs to the one
-- of its 处理日期, else to the last. An advanced list is paid by its 归垫.
-- Reads: matched.batches_named, matched.batches_by_amount, matched.reimbursements, matched.payment_lines,
-- matched.line_results.
WITH debits AS (
    SELECT batch_key, bank_line_id, value_on, candidate_count FROM matched.batches_named
    UNION ALL
    SELECT batch_key, bank_line_id, value_on, candidate_count FROM matched.batches_by_amount
    UNION ALL
    SELECT batch_key, bank_line_id, value_on, candidate_count FROM matched.reimbursements
),
choices AS (
    SELECT
        l.payment_id, l.amount_yuan, d.batch_key, d.bank_line_id, d.value_on, d.candidate_count,
        ROW_NUMBER() OVER (
            PARTITION BY l.payment_id
            ORDER BY CASE WHEN d.value_on = r.processed_on THEN 0 ELSE 1 END, d.value_on DESC, d.bank_line_id
        ) AS choice
    FROM debits AS d
    INNER JOIN matched.payment_lines AS l ON CONCAT(l.unit_code, '|', l.batch_no) = d.batch_key AND NOT l.is_held
    LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
    WHERE COALESCE(r.result_status, 'succeeded') <> 'failed'
)
SELECT payment_id, bank_line_id, batch_key, amount_yuan, value_on, candidate_count
FROM choices
WHERE choice = 1
ORDER BY payment_id
