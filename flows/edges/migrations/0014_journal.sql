-- 会计凭证明细. Money in yuan. period: 2021-11; voucher_no: 记-12; balance_yuan: the debit balance.
CREATE TABLE validated.journal (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, book_name VARCHAR, period VARCHAR, voucher_on DATE,
    voucher_no VARCHAR, voucher_line_no INTEGER, summary_text VARCHAR, subject_code VARCHAR, subject_name VARCHAR,
    debit_yuan DECIMAL(18,2), credit_yuan DECIMAL(18,2), balance_yuan DECIMAL(18,2), project_name VARCHAR,
    fund_source VARCHAR, counterparty_name VARCHAR, account_no VARCHAR, account_key VARCHAR, attachment_count BIGINT,
    occurrence INTEGER
);

-- The books beside the bank: which entries are a bank account's, and what answers what. Made anew at each settling.
CREATE SCHEMA booked;

-- What an accounting subject is, by the beginning of its code or by a word in its name; the longest beginning holds.
CREATE TABLE policy.subjects (
    subject VARCHAR NOT NULL,
    subject_kind VARCHAR NOT NULL,
    code VARCHAR,
    word VARCHAR,
    applies_from DATE NOT NULL,
    applies_to DATE NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    reference VARCHAR,
    city_code VARCHAR NOT NULL
);

-- What a bank is called in the names of subjects and of branches.
CREATE TABLE policy.bank_words (
    bank VARCHAR NOT NULL,
    word VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);
