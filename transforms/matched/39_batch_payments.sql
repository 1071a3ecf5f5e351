-- M30 line by line: what each matched debit pays.
-- Grain: one row per payment of a matched list that no result calls 失败. With several debits a line belongs to the one
-- of its 处理日期, else to the last. An advanced list is paid by its 归垫; what people have decided (M05) is left out.
-- Reads: matched.batch_debits, matched.payment_lines, matched.line_results, matched.decided.
WITH choices AS (
    SELECT
        l.payment_id, l.amount_yuan, d.batch_key, d.bank_line_id, d.value_on, d.candidate_count,
        ROW_NUMBER() OVER (
            PARTITION BY l.payment_id
            ORDER BY CASE WHEN d.value_on = r.processed_on THEN 0 ELSE 1 END, d.value_on DESC, d.bank_line_id
        ) AS choice
    FROM matched.batch_debits AS d
    INNER JOIN matched.payment_lines AS l ON CONCAT(l.unit_code, '|', l.batch_no) = d.batch_key AND NOT l.is_held
    LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
    WHERE COALESCE(r.result_status, 'succeeded') <> 'failed'
        AND NOT EXISTS (
            SELECT 1 FROM matched.decided AS x
            WHERE x.payment_id = l.payment_id AND x.direction = 'out' AND x.void_code IS NULL
        )
)
SELECT payment_id, bank_line_id, batch_key, amount_yuan, value_on, candidate_count
FROM choices
WHERE choice = 1
ORDER BY payment_id
