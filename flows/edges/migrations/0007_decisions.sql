-- What people decided about findings, and what became of every finding. Insert only; settling reads both.
CREATE TABLE validated.waivers (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, waived_id VARCHAR, waived_group_id VARCHAR, decision VARCHAR,
    reason VARCHAR, prepared_by VARCHAR, approved_by VARCHAR, document VARCHAR, until_on DATE, document_sha256 VARCHAR,
    decision_no VARCHAR -- the same words said once more: which time this is; NULL is the first
);

CREATE SCHEMA decisions;

-- Grain: one row per decision and finding that it was made about: the findings open when the decision first met one.
-- fact_hash: the values of the fact at that time; other values are another fact, about which nothing was decided.
CREATE TABLE decisions.bindings (
    waiver_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    fact_hash VARCHAR NOT NULL,
    until_on DATE NOT NULL,
    bound_on DATE,
    city_code VARCHAR NOT NULL,
    PRIMARY KEY (waiver_id, finding_id)
);

-- Grain: one row per finding and change of it: raised (new, or with another place, sentence or severity), then corrected
-- (by the file corrected_by) or gone. Nothing in it that is not masked. history_no counts the settlings that changed it.
CREATE TABLE judged.history (
    history_no BIGINT NOT NULL,
    event VARCHAR NOT NULL CHECK (event IN ('raised', 'corrected', 'gone')),
    ingest_no BIGINT,
    corrected_by VARCHAR,
    finding_id VARCHAR NOT NULL, group_id VARCHAR NOT NULL, rule_id VARCHAR NOT NULL, severity VARCHAR NOT NULL,
    unit_code VARCHAR, kind VARCHAR, source_file VARCHAR, sha256 VARCHAR, sheet VARCHAR, row_no INTEGER,
    column_name VARCHAR, value_masked VARCHAR, message_zh VARCHAR NOT NULL, article VARCHAR, first_seen_on DATE,
    rule VARCHAR NOT NULL, detail VARCHAR NOT NULL, receipt_id VARCHAR, row_id VARCHAR, field VARCHAR,
    subject_key VARCHAR NOT NULL, batch_no VARCHAR, notice_no VARCHAR, fact_hash VARCHAR NOT NULL,
    message_en VARCHAR, sentence_zh VARCHAR, sentence_en VARCHAR, way_out_zh VARCHAR, way_out_en VARCHAR,
    city_code VARCHAR NOT NULL
);
