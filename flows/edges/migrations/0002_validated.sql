-- Typed rows as received, nothing dropped. Insert only. Money in yuan. Grain: one row per data row of a received file.
CREATE SCHEMA validated;

CREATE TABLE validated.units (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, unit_code VARCHAR, unit_name VARCHAR, region_code VARCHAR,
    parent_unit_code VARCHAR, unit_type VARCHAR
);

CREATE TABLE validated.accounts (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, account_no VARCHAR, account_key VARCHAR,
    account_name VARCHAR, bank_name VARCHAR, unit_name VARCHAR, account_type VARCHAR, fund_source VARCHAR,
    statement_scope VARCHAR, interest_fund_source VARCHAR, enabled_on DATE, disabled_on DATE,
    opening_balance_yuan DECIMAL(18,2)
);

CREATE TABLE validated.budgets (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER, project_name VARCHAR,
    dept_name VARCHAR, fund_source VARCHAR, quota_no VARCHAR, initial_yuan DECIMAL(18,2),
    adjustment_yuan DECIMAL(18,2), withdrawn_yuan DECIMAL(18,2)
);

CREATE TABLE validated.arrivals (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER, project_name VARCHAR,
    fund_source VARCHAR, quota_no VARCHAR, arrival_mode VARCHAR, received_on DATE, amount_yuan DECIMAL(18,2),
    payer_name VARCHAR, voucher_no VARCHAR, occurrence INTEGER
);

CREATE TABLE validated.openings (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, opening_year INTEGER, unit_name VARCHAR,
    project_name VARCHAR, fund_source VARCHAR, original_budget_year INTEGER, aid_category VARCHAR,
    carry_over_yuan DECIMAL(18,2), surplus_yuan DECIMAL(18,2), approval_no VARCHAR
);

CREATE TABLE validated.allotments (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER, project_name VARCHAR,
    allotment_mode VARCHAR, notice_no VARCHAR, allotted_on DATE, payee_unit VARCHAR, fund_source VARCHAR,
    fund_nature VARCHAR, aid_category VARCHAR, amount_yuan DECIMAL(18,2), use_requirement VARCHAR, use_by_on DATE,
    basis VARCHAR, payee_account_no VARCHAR, payee_account_key VARCHAR, original_notice_no VARCHAR
);

CREATE TABLE validated.households (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, file_no VARCHAR, name VARCHAR, id_number VARCHAR,
    person_key VARCHAR, file_level VARCHAR, beneficiary_class VARCHAR, hardship_cause VARCHAR, opened_on DATE,
    closed_on DATE, close_reason VARCHAR, grace_until_on DATE, member_count BIGINT, annual_income_yuan DECIMAL(18,2),
    monthly_income_per_head_yuan DECIMAL(18,2), rigid_expense_yuan DECIMAL(18,2), employer VARCHAR, phone VARCHAR,
    bank_name VARCHAR, card_no VARCHAR, card_key VARCHAR, card_holder VARCHAR, reviewed_on DATE,
    spot_checked_on DATE
);

CREATE TABLE validated.members (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, file_no VARCHAR, name VARCHAR, id_number VARCHAR,
    person_key VARCHAR, relation VARCHAR, relation_text VARCHAR, joined_on DATE, left_on DATE
);

CREATE TABLE validated.rosters (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, name VARCHAR, name_key VARCHAR, id_number VARCHAR,
    person_key VARCHAR, aid_category VARCHAR, amount_yuan DECIMAL(18,2), card_no VARCHAR, card_key VARCHAR,
    fund_source VARCHAR, unit_name VARCHAR, payment_channel VARCHAR, notice_no VARCHAR, budget_year INTEGER,
    quota_no VARCHAR, batch_no VARCHAR, is_batch_issued BOOLEAN, file_no VARCHAR, application_no VARCHAR,
    campaign VARCHAR, student_name VARCHAR, student_id_number VARCHAR, student_key VARCHAR, school_stage VARCHAR,
    card_holder VARCHAR, bank_name VARCHAR, planned_on DATE, paid_on DATE, voucher_no VARCHAR, remark VARCHAR,
    occurrence INTEGER
);

CREATE TABLE validated.visits (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, visited_on DATE, campaign VARCHAR, object_type VARCHAR,
    name VARCHAR, name_key VARCHAR, id_number VARCHAR, person_key VARCHAR, beneficiary_count BIGINT, file_no VARCHAR,
    object_category VARCHAR, cash_yuan DECIMAL(18,2), goods_yuan DECIMAL(18,2), purchase_batch_no VARCHAR,
    fund_source VARCHAR, batch_no VARCHAR, visiting_leader VARCHAR, sign_off VARCHAR, unit_name VARCHAR
);

CREATE TABLE validated.payouts (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, payee_name VARCHAR, card_no VARCHAR, card_key VARCHAR,
    amount_yuan DECIMAL(18,2), result_status VARCHAR, bank_batch_no VARCHAR, batch_no VARCHAR,
    failure_reason VARCHAR, processed_on DATE, occurrence INTEGER
);

CREATE TABLE validated.bank_statements (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, account_no VARCHAR, account_key VARCHAR, booked_on DATE,
    transacted_on DATE, valued_on DATE, direction VARCHAR, amount_yuan DECIMAL(18,2), balance_yuan DECIMAL(18,2),
    counterparty_name VARCHAR, counterparty_account_no VARCHAR, counterparty_key VARCHAR, memo VARCHAR,
    serial_no VARCHAR, occurrence INTEGER
);

-- Grain: one narrow row per typed row: its keys and the hash of its business values, to find its current version.
CREATE TABLE validated.versions (
    row_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, city_code VARCHAR NOT NULL,
    scope_key VARCHAR, fact_key VARCHAR, value_hash VARCHAR,
    stated_unit VARCHAR, sheet_unit VARCHAR, folder_unit VARCHAR, account_key VARCHAR
);

-- Grain: one row per cell, row, sheet or file that could not be read.
CREATE TABLE validated.problems (
    problem_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, row_id VARCHAR, city_code VARCHAR NOT NULL,
    kind VARCHAR, sheet VARCHAR, row_no INTEGER, column_name VARCHAR, field VARCHAR, value_text VARCHAR,
    rule_id VARCHAR NOT NULL, severity VARCHAR NOT NULL, args VARCHAR[]
);
