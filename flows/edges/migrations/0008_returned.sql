-- Workbooks that went back to their units and came in again. Insert only, one transaction a received file.
-- Grain: one row per file that bears our mark. base_receipt_id: the file that the workbook was made from; context_file: the
-- name under which its rows were first received (what names of file and folder say of them still holds).
CREATE TABLE received.returned (
    receipt_id VARCHAR PRIMARY KEY,
    base_receipt_id VARCHAR NOT NULL,
    context_file VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

-- Grain: one row per recognised sheet of such a file, with the name that it first had ('' for csv).
CREATE TABLE received.returned_sheets (
    receipt_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    base_sheet VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

-- Grain: one row per finding that the unit has answered in the list. handling: amend, delete, explain, '' for other words.
CREATE TABLE received.answers (
    receipt_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    handling VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    root_row_id VARCHAR,
    city_code VARCHAR NOT NULL
);

-- Grain: one row per typed row with a token. root_row_id: the row as it was first received.
CREATE TABLE validated.tokens (
    row_id VARCHAR NOT NULL,
    receipt_id VARCHAR NOT NULL,
    root_row_id VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

-- What each 收件回执 has told its unit. Grain: one row per moment, unit (its folder in the outbox) and open finding, or
-- returned workbook by what it is made of (told_kind: finding, workbook).
CREATE TABLE run.told (
    ingest_no BIGINT NOT NULL,
    folder VARCHAR NOT NULL,
    told_kind VARCHAR NOT NULL CHECK (told_kind IN ('finding', 'workbook')),
    told_id VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);
