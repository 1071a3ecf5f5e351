-- What the books call expense for assistance.
-- Grain: one row per entry on a subject whose name the policy knows as such; closing entries (结转) are none.
-- amount_yuan: debit less credit. figure_source: of the entry's own 资金来源, else of the one source of the bank lines
-- that its voucher's bank entries answer; else NULL. settled_on: when all bank entries of its voucher were answered;
-- NULL while one is open.
-- Reads: facts.journal, policy.subjects, policy.terms, policy.source_rows, booked.entries, booked.links,
-- booked.lines.
WITH aid AS (
    SELECT DISTINCT
        j.city_code, j.row_id, j.unit_code, j.book_name, j.period, j.voucher_no, j.voucher_on, j.fund_source,
        TRY_CAST(CONCAT(j.period, '-01') AS DATE) AS period_on,
        COALESCE(j.debit_yuan, 0) - COALESCE(j.credit_yuan, 0) AS amount_yuan
    FROM facts.journal AS j
    INNER JOIN policy.subjects AS s
        ON STRPOS(j.subject_name, s.word) > 0 AND s.subject_kind = 'aid_expense'
        AND s.applies_from <= j.voucher_on AND j.voucher_on < s.applies_to
    WHERE NOT EXISTS (
        SELECT 1 FROM policy.terms AS t WHERE t.purpose = 'closing_entry' AND STRPOS(j.summary_text, t.term) > 0
    )
),
answered AS (
    SELECT
        e.unit_code, e.book_name, e.period, e.voucher_no, COUNT(*) AS entry_count, COUNT(k.item_id) AS answered_count,
        MAX(k.settled_on) AS settled_on
    FROM booked.entries AS e
    LEFT JOIN booked.links AS k ON k.side = 'books' AND k.item_id = e.entry_id
    GROUP BY e.unit_code, e.book_name, e.period, e.voucher_no
),
sources AS (
    SELECT e.unit_code, e.book_name, e.period, e.voucher_no, MIN(l.fund_source) AS fund_source
    FROM booked.entries AS e
    INNER JOIN booked.links AS k ON k.side = 'books' AND k.item_id = e.entry_id
    INNER JOIN booked.links AS b ON b.side = 'bank' AND b.rule = k.rule AND b.link_id = k.link_id
    INNER JOIN booked.lines AS l ON l.bank_line_id = b.item_id
    GROUP BY e.unit_code, e.book_name, e.period, e.voucher_no
    HAVING MIN(l.fund_source) = MAX(l.fund_source)
)
SELECT
    a.city_code, a.row_id, a.unit_code, COALESCE(r.figure_source, a.fund_source, s.fund_source) AS figure_source,
    CASE WHEN LAST_DAY(a.period_on) <> LAST_DAY(a.voucher_on) THEN LAST_DAY(a.period_on) ELSE a.voucher_on END
        AS falls_on,
    CAST(a.amount_yuan AS DECIMAL(18, 2)) AS amount_yuan, w.entry_count > 0 AS has_bank_entry,
    CASE WHEN w.entry_count = w.answered_count THEN w.settled_on END AS settled_on
FROM aid AS a
LEFT JOIN answered AS w
    ON w.unit_code = a.unit_code AND w.book_name = a.book_name AND w.period = a.period AND w.voucher_no = a.voucher_no
LEFT JOIN sources AS s
    ON s.unit_code = a.unit_code AND s.book_name = a.book_name AND s.period = a.period AND s.voucher_no = a.voucher_no
LEFT JOIN policy.source_rows AS r ON r.fund_source = COALESCE(a.fund_source, s.fund_source)
ORDER BY a.row_id
