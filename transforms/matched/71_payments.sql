-- Every payment with where it stands.
-- Grain: one row per roster line. The first status that holds: held, failed, paid or returned, planned, awaiting_statement,
-- ambiguous, unmatched. A line is awaited while an account of its unit is not covered up to its date and the window
-- (a line without a date: its list's; without any: up to the day of the books), unless its list is matched.
-- Reads: matched.payment_lines and the passes before this one, facts.coverage, facts.accounts, facts.as_of.
WITH advanced AS ( -- lists that wait for their 归垫
    SELECT batch_key, MAX(value_on) AS advanced_on
    FROM matched.advances
    WHERE reimbursing_line_id IS NULL
    GROUP BY batch_key
),
dues AS (
    SELECT
        l.payment_id, l.unit_code, COALESCE(l.pay_on, b.last_pay_on) AS pay_on, a.as_of_on,
        COALESCE(
            CAST(v.advanced_on + w.advance_days * INTERVAL '1' DAY AS DATE),
            CAST(COALESCE(l.pay_on, b.last_pay_on) + w.single_days * INTERVAL '1' DAY AS DATE),
            a.as_of_on
        ) AS known_by
    FROM matched.payment_lines AS l
    LEFT JOIN matched.batches AS b ON b.unit_code = l.unit_code AND b.batch_no = l.batch_no
    LEFT JOIN advanced AS v ON v.batch_key = CONCAT(l.unit_code, '|', l.batch_no)
    CROSS JOIN facts.as_of AS a
    CROSS JOIN matched.windows AS w
),
awaited AS ( -- by unit and days, for many payments have the same
    SELECT DISTINCT d.unit_code, d.pay_on, d.known_by, TRUE AS is_awaited
    FROM (SELECT DISTINCT unit_code, pay_on, known_by, as_of_on FROM dues) AS d
    LEFT JOIN facts.accounts AS c
        ON c.unit_code = d.unit_code
        AND (c.disabled_on IS NULL OR c.disabled_on >= COALESCE(d.pay_on, d.as_of_on))
        AND (c.enabled_on IS NULL OR c.enabled_on <= d.known_by)
    LEFT JOIN facts.coverage AS v
        ON v.account_key = c.account_key
        AND v.covered_from <= COALESCE(d.pay_on, d.known_by) AND v.covered_to >= d.known_by
    WHERE v.account_key IS NULL
),
doubtful AS (
    SELECT DISTINCT payment_id FROM matched.doubts
),
reissued AS (
    SELECT DISTINCT reissue_of FROM matched.reissues
)
SELECT
    l.row_id, l.receipt_id, l.source_file, l.sheet, l.row_no, l.city_code,
    l.payment_id, l.unit_code, l.batch_no, l.notice_no, l.project_name, l.budget_year,
    l.fund_source, l.figure_source, l.aid_category, l.campaign, l.household_id,
    l.person_key, l.name_key, l.person_name, l.id_number, l.file_no, l.student_key, l.card_key, l.card_no,
    l.amount_yuan, l.pay_on,
    p.value_on,
    t.credited_on AS returned_on,
    CASE
        WHEN l.is_held THEN 'held'
        WHEN r.result_status = 'failed' AND p.payment_id IS NULL THEN 'failed'
        WHEN t.payment_id IS NOT NULL THEN 'returned'
        WHEN p.payment_id IS NOT NULL THEN 'paid'
        WHEN d.pay_on > d.as_of_on THEN 'planned'
        WHEN w.is_awaited AND b.debit_yuan IS NULL THEN 'awaiting_statement'
        WHEN q.payment_id IS NOT NULL THEN 'ambiguous'
        ELSE 'unmatched'
    END AS status,
    g.reissue_of IS NOT NULL AS is_reissued,
    i.reissue_of,
    p.bank_line_id,
    t.bank_line_id AS return_bank_line_id,
    l.is_direct
FROM matched.payment_lines AS l
LEFT JOIN dues AS d ON d.payment_id = l.payment_id
LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
LEFT JOIN matched.paid AS p ON p.payment_id = l.payment_id
LEFT JOIN matched.returns AS t ON t.payment_id = l.payment_id
LEFT JOIN matched.batches AS b ON b.unit_code = l.unit_code AND b.batch_no = l.batch_no
LEFT JOIN awaited AS w
    ON w.unit_code IS NOT DISTINCT FROM d.unit_code AND w.pay_on IS NOT DISTINCT FROM d.pay_on
    AND w.known_by IS NOT DISTINCT FROM d.known_by
LEFT JOIN doubtful AS q ON q.payment_id = l.payment_id
LEFT JOIN reissued AS g ON g.reissue_of = l.payment_id
LEFT JOIN matched.reissues AS i ON i.payment_id = l.payment_id
ORDER BY l.payment_id
