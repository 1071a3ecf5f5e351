-- 慰问品采购表. Money in yuan; item_quantity and unit_price (yuan apiece) with up to six decimals.
CREATE TABLE validated.purchases (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, purchase_batch_no VARCHAR, campaign VARCHAR,
    supplier_name VARCHAR, payee_account_no VARCHAR, payee_account_key VARCHAR, purchase_mode VARCHAR,
    contract_no VARCHAR, invoice_no VARCHAR, item_name VARCHAR, item_quantity DECIMAL(18,6), unit_price DECIMAL(18,6),
    amount_yuan DECIMAL(18,2), fund_source VARCHAR, budget_year INTEGER, project_name VARCHAR, accepted_on DATE, accepted_by VARCHAR,
    paid_on DATE, occurrence INTEGER
);

-- 集体慰问: the budget year and project that the register states for its money.
ALTER TABLE validated.visits ADD COLUMN budget_year INTEGER;
ALTER TABLE validated.visits ADD COLUMN project_name VARCHAR;
