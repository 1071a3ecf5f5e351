-- 资金到位
-- Grain: one row per current arrival, as received; 额度注销 has a positive amount and lowers what is received.
-- Reads: facts.arrivals, policy.source_rows.
SELECT
    a.city_code, a.budget_year, a.project_name, a.fund_source,
    COALESCE(s.figure_source, a.fund_source) AS figure_source,
    a.quota_no, a.arrival_mode, a.received_on, a.amount_yuan, a.payer_name, a.voucher_no,
    a.source_file, a.sheet, a.row_no
FROM facts.arrivals AS a
LEFT JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
ORDER BY a.city_code, a.budget_year, a.project_name, a.fund_source, a.received_on, a.source_file, a.sheet, a.row_no
