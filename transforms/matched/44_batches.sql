-- Each payment list with what the bank shows of it.
-- Grain: one row per unit and batch. is_total_broken: a number links debits to it that equal neither its total nor its
-- successes; linked_yuan is what they come to. debit_yuan is NULL while no debit is matched; is_singles_only: paid to each payee's account one by one.
-- Reads: matched.batch_totals, matched.batch_links, matched.batch_debits, matched.payee_debits, matched.paid, matched.decided,
-- facts.bank_lines.
WITH debits AS (
    SELECT batch_key, bank_line_id, share_yuan AS amount_yuan, value_on FROM matched.batch_debits
    UNION ALL -- lists that people chose; a debit for several of them is each one's by what of it was paid
    SELECT d.batch_key, d.bank_line_id, CASE WHEN COUNT(*) OVER (PARTITION BY d.bank_line_id) = 1 THEN b.amount_yuan
            ELSE t.success_yuan END, b.value_on
    FROM (SELECT DISTINCT batch_key, bank_line_id FROM matched.decided WHERE void_code IS NULL AND is_list) AS d
    INNER JOIN facts.bank_lines AS b ON b.bank_line_id = d.bank_line_id
    INNER JOIN matched.batch_totals AS t ON t.batch_key = d.batch_key
),
summed AS (
    SELECT
        batch_key,
        COUNT(*) AS bank_line_count,
        CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS debit_yuan,
        MAX(value_on) AS last_debit_on
    FROM debits
    GROUP BY batch_key
),
singles AS (
    SELECT CONCAT(l.unit_code, '|', l.batch_no) AS batch_key, COUNT(*) AS single_count
    FROM matched.paid AS p
    INNER JOIN matched.payment_lines AS l ON l.payment_id = p.payment_id
    WHERE p.shape = 'single'
    GROUP BY l.unit_code, l.batch_no
),
linked AS (
    SELECT k.batch_key, CAST(SUM(k.amount_yuan) AS DECIMAL(18, 2)) AS linked_yuan
    FROM matched.batch_links AS k
    LEFT JOIN matched.payee_debits AS p ON p.bank_line_id = k.bank_line_id
    WHERE p.bank_line_id IS NULL
    GROUP BY k.batch_key
)
SELECT
    t.*,
    COALESCE(s.bank_line_count, 0) AS bank_line_count,
    s.debit_yuan,
    k.linked_yuan,
    s.last_debit_on,
    COALESCE(n.single_count, 0) AS single_count,
    s.batch_key IS NULL AND n.batch_key IS NOT NULL AS is_singles_only,
    s.batch_key IS NULL AND k.batch_key IS NOT NULL AS is_total_broken
FROM matched.batch_totals AS t
LEFT JOIN summed AS s ON s.batch_key = t.batch_key
LEFT JOIN singles AS n ON n.batch_key = t.batch_key
LEFT JOIN linked AS k ON k.batch_key = t.batch_key
ORDER BY t.batch_key
