-- Which budget year, and else which day, a finding is about.
-- Grain: one row per finding and distinct year and day of the facts behind it: its row, else its batch, else its notice,
-- else the rows of its kind in its file. A finding about none of these has one row without either: it concerns every year.
-- Reads: judged.findings, validated.*, matched.payments, matched.payables.
WITH dated AS (
    SELECT 'rosters' AS kind, row_id, budget_year, COALESCE(paid_on, planned_on) AS fact_on FROM validated.rosters
    UNION ALL SELECT 'allotments', row_id, budget_year, allotted_on FROM validated.allotments
    UNION ALL SELECT 'arrivals', row_id, budget_year, received_on FROM validated.arrivals
    UNION ALL SELECT 'budgets', row_id, budget_year, CAST(NULL AS DATE) FROM validated.budgets
    UNION ALL SELECT 'openings', row_id, opening_year, CAST(NULL AS DATE) FROM validated.openings
    UNION ALL
    SELECT 'bank_statements', row_id, CAST(NULL AS INTEGER), COALESCE(booked_on, transacted_on)
    FROM validated.bank_statements
    UNION ALL
    SELECT 'visits', row_id, CASE WHEN object_type = 'collective' THEN budget_year END, visited_on
    FROM validated.visits
    UNION ALL SELECT 'purchases', row_id, budget_year, COALESCE(paid_on, accepted_on) FROM validated.purchases
    UNION ALL SELECT 'payouts', row_id, CAST(NULL AS INTEGER), processed_on FROM validated.payouts
    UNION ALL SELECT 'journal', row_id, CAST(NULL AS INTEGER), voucher_on FROM validated.journal
),
rows_of_facts AS (
    SELECT
        d.kind,
        d.row_id,
        COALESCE(p.budget_year, y.budget_year, d.budget_year) AS budget_year,
        COALESCE(p.value_on, p.pay_on, d.fact_on) AS fact_on
    FROM dated AS d
    LEFT JOIN matched.payments AS p ON p.row_id = d.row_id
    LEFT JOIN matched.payables AS y ON y.row_id = d.row_id
),
about AS (
    SELECT f.finding_id, r.budget_year, r.fact_on
    FROM judged.findings AS f
    INNER JOIN rows_of_facts AS r ON r.row_id = f.row_id
    UNION
    SELECT f.finding_id, p.budget_year, COALESCE(p.value_on, p.pay_on)
    FROM judged.findings AS f
    INNER JOIN matched.payments AS p ON p.unit_code = f.unit_code AND p.batch_no = f.batch_no
    WHERE f.row_id IS NULL
    UNION
    SELECT f.finding_id, a.budget_year, a.allotted_on
    FROM judged.findings AS f
    INNER JOIN validated.allotments AS a ON a.notice_no = f.notice_no
    WHERE f.row_id IS NULL AND f.batch_no IS NULL
    UNION
    SELECT f.finding_id, r.budget_year, r.fact_on
    FROM judged.findings AS f
    INNER JOIN rows_of_facts AS r ON SPLIT_PART(r.row_id, ':', 1) = f.receipt_id AND r.kind = f.kind
    WHERE f.row_id IS NULL AND f.batch_no IS NULL AND f.notice_no IS NULL
)
SELECT f.city_code, f.finding_id, a.budget_year, a.fact_on
FROM judged.findings AS f
LEFT JOIN about AS a ON a.finding_id = f.finding_id
ORDER BY f.finding_id, a.budget_year, a.fact_on
