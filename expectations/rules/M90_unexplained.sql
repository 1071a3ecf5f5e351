-- M90 待查款项: a bank line of the funds that meets nothing in the books. A debit that a number links to a list whose total
-- differs is told once, as R16.total; one that fits a held line of a list, by what holds that line.
-- .too_many: it may be the sum of several lists or arrivals, of so many that no sum was looked for.
-- Reads: matched.bank_lines, matched.broken_links, matched.held_lines_at_bank, matched.sum_questions, matched.windows.
WITH crowded AS (
    SELECT q.asked_id AS bank_line_id, MAX(q.item_count) AS item_count
    FROM matched.sum_questions AS q
    CROSS JOIN matched.windows AS w
    WHERE q.is_line AND q.item_count > w.sum_item_count
    GROUP BY q.asked_id
)
SELECT
    CASE WHEN q.item_count IS NULL THEN 'M90.unexplained' ELSE 'M90.unexplained.too_many' END AS rule_id,
    b.unit_code, 'bank_statements' AS kind, b.row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, b.bank_line_id AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    b.account_last4 AS arg1,
    CAST(b.value_on AS VARCHAR) AS arg2,
    CASE WHEN b.direction = 'in' THEN '收入' ELSE '支出' END AS arg3,
    CAST(b.amount_yuan AS VARCHAR) AS arg4,
    CAST(q.item_count AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM matched.bank_lines AS b
LEFT JOIN matched.broken_links AS k ON k.bank_line_id = b.bank_line_id
LEFT JOIN matched.held_lines_at_bank AS h ON h.bank_line_id = b.bank_line_id
LEFT JOIN crowded AS q ON q.bank_line_id = b.bank_line_id
WHERE b.classification = 'unexplained' AND k.bank_line_id IS NULL AND h.bank_line_id IS NULL
