-- 资金分配
-- Grain: one row per current line of a notice or decision, as received; unit_code is the unit that receives the money.
-- Reads: facts.allotments, policy.source_rows.
SELECT
    a.city_code, a.budget_year, a.project_name, a.allotment_mode, a.notice_no, a.allotted_on,
    a.payee_unit_code AS unit_code, a.payee_unit, a.fund_source,
    COALESCE(s.figure_source, a.fund_source) AS figure_source,
    a.fund_nature, a.aid_category, a.amount_yuan, a.use_requirement, a.use_by_on, a.basis,
    a.payee_account_no, a.original_notice_no, a.source_file, a.sheet, a.row_no
FROM facts.allotments AS a
LEFT JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
ORDER BY a.city_code, a.budget_year, a.notice_no, unit_code, a.fund_source, a.source_file, a.sheet, a.row_no
