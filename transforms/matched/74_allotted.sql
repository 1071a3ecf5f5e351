-- What is allotted to whom.
-- Grain: one row per allotment line as it counts; a line without a date counts from the beginning of its year.
-- A clawback lowers what the unit was allotted; what its payee unit is called must be known.
-- Reads: facts.allotments, policy.source_rows.
SELECT
    a.row_id, a.receipt_id, a.source_file, a.sheet, a.row_no, a.city_code,
    CAST(a.budget_year AS INTEGER) AS budget_year,
    a.project_name,
    s.figure_source AS fund_source,
    a.payee_unit_code AS unit_code,
    a.notice_no,
    a.aid_category,
    a.allotted_on,
    CAST(CASE WHEN a.allotment_mode = 'clawback' THEN -ABS(a.amount_yuan) ELSE a.amount_yuan END AS DECIMAL(18, 2)) AS amount_yuan,
    a.allotment_mode = 'direct' AS is_direct
FROM facts.allotments AS a
INNER JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
WHERE a.payee_unit_code IS NOT NULL
ORDER BY a.row_id
