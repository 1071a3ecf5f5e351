-- What came in. Insert only, one transaction a received file.
CREATE SCHEMA received;

CREATE TABLE received.receipts (
    receipt_id VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL UNIQUE,
    source_file VARCHAR NOT NULL,
    sender VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    ingest_no BIGINT NOT NULL,
    received_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('accepted', 'unreadable', 'refused', 'document')),
    city_code VARCHAR NOT NULL
);

CREATE TABLE received.sheets (
    receipt_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    layout VARCHAR,
    header_row_no INTEGER,
    row_count BIGINT NOT NULL,
    taken_from VARCHAR,
    unknown_columns VARCHAR[],
    city_code VARCHAR NOT NULL
);

CREATE TABLE received.statement_periods (
    receipt_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    account_key VARCHAR,
    account_text VARCHAR,
    starts_on DATE,
    ends_on DATE,
    city_code VARCHAR NOT NULL
);

CREATE SCHEMA raw;

-- Grain: one row per data row of a recognised table, its cells as text, in column order.
CREATE TABLE raw.rows (
    row_id VARCHAR NOT NULL,
    receipt_id VARCHAR NOT NULL,
    source_file VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    cells VARCHAR[] NOT NULL,
    city_code VARCHAR NOT NULL
);
