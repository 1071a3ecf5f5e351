-- Files that people took back, or put back in force. Insert only: of what is said about a file, the last word holds.
-- Grain: one row per word about a received file. ingest_no: the last moment before it was said.
CREATE TABLE received.withdrawals (
    withdrawal_no BIGINT NOT NULL,
    receipt_id VARCHAR NOT NULL,
    is_withdrawn BOOLEAN NOT NULL, -- FALSE: put back in force
    ingest_no BIGINT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    prepared_by VARCHAR,
    reason VARCHAR,
    city_code VARCHAR NOT NULL,
    PRIMARY KEY (withdrawal_no, receipt_id)
);
