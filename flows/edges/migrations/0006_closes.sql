-- Sealed closes. Rows are never taken back: a lifted seal says so in is_lifted, and its figures stay to be seen.
CREATE SCHEMA closes;

CREATE TABLE closes.seals (
    seal_id VARCHAR PRIMARY KEY,
    budget_year INTEGER NOT NULL,
    cutoff VARCHAR NOT NULL CHECK (cutoff IN ('fiscal', 'extended')),
    cutoff_on DATE NOT NULL,
    sealed_on DATE NOT NULL,
    as_of_on DATE,
    prepared_by VARCHAR,
    approved_by VARCHAR,
    reason VARCHAR,
    document VARCHAR,
    is_lifted BOOLEAN NOT NULL DEFAULT FALSE,
    exceptions JSON,
    manifest_sha256 VARCHAR,
    city_code VARCHAR NOT NULL
);

CREATE TABLE closes.execution_by_source (
    seal_id VARCHAR NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER NOT NULL, project_name VARCHAR,
    fund_source VARCHAR NOT NULL, cutoff VARCHAR NOT NULL, cutoff_on DATE NOT NULL,
    budget_yuan DECIMAL(18,2), carry_in_yuan DECIMAL(18,2), received_yuan DECIMAL(18,2),
    allotted_yuan DECIMAL(18,2), unallocated_yuan DECIMAL(18,2), executed_yuan DECIMAL(18,2),
    unspent_yuan DECIMAL(18,2), idle_yuan DECIMAL(18,2), execution_rate DECIMAL(9,6), arrival_rate DECIMAL(9,6),
    time_progress DECIMAL(9,6)
);

CREATE TABLE closes.execution_by_unit (
    seal_id VARCHAR NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER NOT NULL, project_name VARCHAR,
    fund_source VARCHAR NOT NULL, unit_code VARCHAR, unit_name VARCHAR, cutoff VARCHAR NOT NULL,
    cutoff_on DATE NOT NULL, allotted_yuan DECIMAL(18,2), executed_yuan DECIMAL(18,2), unspent_yuan DECIMAL(18,2),
    use_rate DECIMAL(9,6)
);

CREATE TABLE closes.execution_by_category (
    seal_id VARCHAR NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER NOT NULL, project_name VARCHAR,
    fund_source VARCHAR NOT NULL, unit_code VARCHAR, aid_category VARCHAR, cutoff VARCHAR NOT NULL,
    cutoff_on DATE NOT NULL, executed_yuan DECIMAL(18,2), payment_count BIGINT, person_count BIGINT,
    household_count BIGINT
);

-- Sealed with the cut-off up to which it runs: fiscal seals the months of the year, extended the rest.
CREATE TABLE closes.execution_monthly (
    seal_id VARCHAR NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER NOT NULL, project_name VARCHAR,
    fund_source VARCHAR NOT NULL, month_end_on DATE NOT NULL, cumulative_executed_yuan DECIMAL(18,2),
    execution_rate DECIMAL(9,6), time_progress DECIMAL(9,6)
);

-- The difference of both cut-offs is known, and sealed, with the extended one.
CREATE TABLE closes.execution_bridge (
    seal_id VARCHAR NOT NULL, city_code VARCHAR NOT NULL, budget_year INTEGER NOT NULL, project_name VARCHAR,
    fund_source VARCHAR NOT NULL, unit_code VARCHAR, aid_category VARCHAR, cause VARCHAR NOT NULL,
    payment_count BIGINT, amount_yuan DECIMAL(18,2)
);
