-- Which layout tells what: the channel of each statement line; and the files that waited for a layout, read again.
-- All layouts before this column were of banks.
ALTER TABLE validated.bank_statements ADD COLUMN channel VARCHAR DEFAULT 'bank';

-- Grain: one row per file that waits and state of the layouts, contracts and words (read_with) with which it was read
-- again. is_taken: it could be read now. Insert only.
CREATE TABLE received.readings (
    receipt_id VARCHAR NOT NULL,
    read_with VARCHAR NOT NULL,
    is_taken BOOLEAN NOT NULL,
    read_at TIMESTAMP NOT NULL,
    city_code VARCHAR NOT NULL,
    PRIMARY KEY (receipt_id, read_with)
);
