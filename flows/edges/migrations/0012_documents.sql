-- What the names of a received document say of it. Insert only, with the receipt of the document.
-- Grain: one row per receipt in state document. path_text: folders below the sender's and file, as they are compared;
-- number_text: the same with | for every bracket, in which the numbers that the books know are looked for. said_by: JSON, field →
-- `file:word` or `folder:word`; doubts: JSON, field → the words between which the name does not decide.
CREATE TABLE received.documents (
    receipt_id VARCHAR PRIMARY KEY,
    path_text VARCHAR NOT NULL,
    number_text VARCHAR NOT NULL,
    document_kind VARCHAR,
    fund_source VARCHAR,
    budget_year INTEGER,
    formed_on DATE,
    said_by VARCHAR NOT NULL,
    doubts VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

-- 资料目录表. Money in yuan. fund_sources, notice_nos, batch_nos, file_nos: lists joined by 、.
CREATE TABLE validated.documents (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, document_kind VARCHAR, file_name VARCHAR,
    fund_sources VARCHAR, notice_nos VARCHAR, batch_nos VARCHAR, file_nos VARCHAR, formed_on DATE, keeper VARCHAR,
    storage_place VARCHAR, original_or_copy VARCHAR, page_count BIGINT, amount_yuan DECIMAL(18,2),
    person_count BIGINT, told_filing VARCHAR, is_reviewed BOOLEAN, folder VARCHAR, path_text VARCHAR
);
