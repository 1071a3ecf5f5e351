-- The runs themselves. run.migrations is made by whoever applies the first migration.
CREATE TABLE run.parameters (
    city_code VARCHAR NOT NULL,
    unit_name VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    execution_basis VARCHAR NOT NULL,
    extended_cutoff VARCHAR NOT NULL,
    score_cutoff VARCHAR NOT NULL,
    rate_decimals INTEGER NOT NULL,
    as_of_on DATE,
    known_at TIMESTAMP
);

-- One ingest is one moment. A moment stays open until its ingest has ended, so that what a killed run
-- had in hand (listing: the SHA-256 of its new files) keeps its moment when it is received later.
CREATE TABLE run.moments (
    ingest_no BIGINT PRIMARY KEY,
    opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    listing VARCHAR[] NOT NULL,
    city_code VARCHAR NOT NULL
);

-- What Great Expectations said in the run of that number, expectation by expectation. Insert only.
CREATE TABLE run.validations (
    run_no BIGINT NOT NULL,
    suite VARCHAR NOT NULL,
    expectation VARCHAR NOT NULL,
    subject_table VARCHAR NOT NULL,
    success BOOLEAN NOT NULL,
    unexpected_count BIGINT,
    observed VARCHAR,
    city_code VARCHAR NOT NULL
);

-- Insert only; the record that an audit reads. Never a source of any figure.
CREATE TABLE run.log (
    run_no BIGINT NOT NULL,
    command VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('done', 'failed')),
    rows_out BIGINT,
    seconds DECIMAL(18,3) NOT NULL,
    input_hash VARCHAR,
    detail VARCHAR,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    city_code VARCHAR NOT NULL
);
