-- 发放明细
-- Grain: one row per line of a 实名制汇总表; a reissue is a line of its own. fund_source as the line states it,
-- figure_source as it is shown.
-- Reads: matched.payments.
SELECT
    city_code, payment_id, batch_no, notice_no, project_name, unit_code, fund_source, figure_source, aid_category,
    campaign, household_id, amount_yuan, pay_on, value_on, returned_on, status, is_reissued, reissue_of, budget_year,
    source_file, sheet, row_no
FROM matched.payments
ORDER BY city_code, payment_id
