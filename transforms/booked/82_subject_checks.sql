-- Whether the subject of an entry fits the money that its voucher moved (R25).
-- Grain: one row per check and entry: source, of entries on subjects of assistance that state a 资金来源; use, of these and of
-- entries on subjects of other expense. Closing and red entries are none, nor are vouchers without a bank entry or with one
-- that was taken back. A voucher is judged when all its bank entries are answered. said_source, paid_source: of the entry and of the bank lines. missing_input: why nothing can be said; verdict:
-- source (another one than the bank lines'), other_use (assistance was paid, other expense is booked), no_aid (fees, interest
-- or an own transfer are booked as assistance).
-- Reads: facts.journal, policy.subjects, policy.source_rows, booked.aid_entries, booked.entries, booked.links, booked.lines.
WITH expense AS (
    SELECT DISTINCT j.row_id
    FROM facts.journal AS j
    INNER JOIN policy.subjects AS s
        ON STARTS_WITH(j.subject_code, s.code) AND s.subject_kind = 'other_expense'
        AND s.applies_from <= j.voucher_on AND j.voucher_on < s.applies_to
    WHERE j.debit_yuan > 0
),
lines AS (
    SELECT
        e.unit_code, e.book_name, e.period, e.voucher_no, e.entry_id, l.bank_line_id, l.fund_source,
        CASE WHEN l.classification IN ('batch', 'single', 'purchase', 'group_visit') THEN 1 ELSE 0 END AS is_aid,
        CASE WHEN l.classification IN ('fee', 'interest', 'own_transfer') THEN 1 ELSE 0 END AS is_no_aid
    FROM booked.entries AS e
    LEFT JOIN booked.links AS k ON k.side = 'books' AND k.item_id = e.entry_id
    LEFT JOIN booked.links AS b ON b.side = 'bank' AND b.rule = k.rule AND b.link_id = k.link_id
    LEFT JOIN booked.lines AS l ON l.bank_line_id = b.item_id
    WHERE COALESCE(k.rule, '') <> 'reversals'
),
vouchers AS (
    SELECT
        unit_code, book_name, period, voucher_no,
        COUNT(*) = COUNT(bank_line_id) AS is_answered,
        MIN(is_aid) = 1 AS is_all_aid, MIN(is_no_aid) = 1 AS is_no_aid,
        CASE WHEN MIN(fund_source) = MAX(fund_source) AND COUNT(*) = COUNT(fund_source) THEN MIN(fund_source) END
            AS fund_source
    FROM lines
    GROUP BY unit_code, book_name, period, voucher_no
),
entries AS (
    SELECT
        j.row_id, j.city_code, j.unit_code, j.subject_name, j.voucher_no, j.fund_source, j.fact_key, a.row_id IS NOT NULL AS is_aid,
        s.figure_source AS said_source, r.figure_source AS paid_source,
        v.is_answered, v.is_all_aid, v.is_no_aid
    FROM facts.journal AS j
    LEFT JOIN booked.aid_entries AS a ON a.row_id = j.row_id AND a.amount_yuan > 0
    LEFT JOIN expense AS x ON x.row_id = j.row_id
    LEFT JOIN policy.source_rows AS s ON s.fund_source = j.fund_source
    INNER JOIN vouchers AS v
        ON v.unit_code = j.unit_code AND v.book_name = j.book_name AND v.period = j.period
        AND v.voucher_no = j.voucher_no
    LEFT JOIN policy.source_rows AS r ON r.fund_source = v.fund_source
    WHERE a.row_id IS NOT NULL OR x.row_id IS NOT NULL
),
checks AS (
    SELECT
        'source' AS checked, e.*,
        CASE WHEN NOT e.is_answered OR e.paid_source IS NULL THEN 'bank_statements' END AS missing_input,
        CASE WHEN e.is_answered AND e.said_source <> e.paid_source THEN 'source' END AS verdict
    FROM entries AS e
    WHERE e.is_aid AND e.said_source IS NOT NULL
    UNION ALL
    SELECT
        'use', e.*,
        CASE WHEN NOT e.is_answered THEN 'bank_statements' END,
        CASE
            WHEN e.is_answered AND e.is_aid AND e.is_no_aid THEN 'no_aid'
            WHEN e.is_answered AND NOT e.is_aid AND e.is_all_aid THEN 'other_use'
        END
    FROM entries AS e
)
SELECT
    checked, row_id, city_code, unit_code, fact_key, subject_name, voucher_no, fund_source, said_source, paid_source,
    missing_input, verdict
FROM checks
ORDER BY checked, row_id
