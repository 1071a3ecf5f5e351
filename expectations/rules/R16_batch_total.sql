-- R16 批次合计: a batch's lines, or its successes, add up to the debit that names it (.total); a batch paid in one sum has a
-- result file (.no_result); a result line answers a line of a list (.unknown_result); money that came back was paid again
-- (.return_open). Where .total fails nothing else is raised for the batch. The sum of a list is its control sum, held lines
-- among it; while a held line shows no amount the sum is not known, and no result line is called unknown.
-- Reads: matched.batches, matched.unknown_results, matched.payments, facts.payouts.
WITH totals AS (
    SELECT
        CASE WHEN b.is_total_broken THEN 'R16.total' ELSE 'R16.no_result' END AS rule_id,
        b.unit_code, b.batch_no, b.first_row_id, b.line_count + COALESCE(b.held_count, 0) AS line_count,
        b.total_yuan, b.success_yuan,
        COALESCE(b.debit_yuan, b.linked_yuan) AS debit_yuan
    FROM matched.batches AS b
    WHERE (b.is_total_broken AND NOT COALESCE(b.has_unread_amount, FALSE))
        OR (b.bank_line_count > 0 AND b.result_line_count = 0 AND NOT b.is_singles_only)
),
unknown_results AS (
    SELECT r.row_id, r.unit_code, COALESCE(r.batch_no, p.batch_no) AS batch_no, p.payee_name, p.amount_yuan,
        p.processed_on, p.fact_key
    FROM matched.unknown_results AS r
    INNER JOIN facts.payouts AS p ON p.row_id = r.row_id
    LEFT JOIN matched.batches AS b ON b.unit_code = r.unit_code AND b.batch_no = r.batch_no
    WHERE NOT COALESCE(b.is_total_broken, FALSE) AND NOT COALESCE(b.has_unread_amount, FALSE)
),
returned AS (
    SELECT p.*
    FROM matched.payments AS p
    LEFT JOIN matched.batches AS b ON b.unit_code = p.unit_code AND b.batch_no = p.batch_no
    WHERE p.status = 'returned' AND NOT COALESCE(p.is_reissued, FALSE) AND NOT COALESCE(b.is_total_broken, FALSE)
)
SELECT
    rule_id, unit_code, 'rosters' AS kind, first_row_id AS row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', 'batch', unit_code, batch_no) AS subject_key,
    batch_no, CAST(NULL AS VARCHAR) AS notice_no, batch_no AS arg1, CAST(total_yuan AS VARCHAR) AS arg2,
    CAST(success_yuan AS VARCHAR) AS arg3, CAST(debit_yuan AS VARCHAR) AS arg4, CAST(line_count AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM totals
UNION ALL
SELECT
    'R16.unknown_result', unit_code, 'payouts', row_id, 'payee_name', payee_name,
    CONCAT_WS('|', 'payouts', unit_code, fact_key),
    batch_no, NULL, batch_no, CAST(amount_yuan AS VARCHAR), CAST(processed_on AS VARCHAR), NULL, NULL, NULL
FROM unknown_results
UNION ALL
SELECT
    'R16.return_open', unit_code, 'rosters', row_id, NULL, person_name,
    CONCAT_WS('|', 'rosters', unit_code, payment_id), batch_no, notice_no,
    CAST(amount_yuan AS VARCHAR), CAST(value_on AS VARCHAR), CAST(returned_on AS VARCHAR), NULL, NULL, NULL
FROM returned
