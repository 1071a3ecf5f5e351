-- What people decided in a 对账待办: which payment or list a bank line pays, or that it is none of the funds. Insert only,
-- with the receipt of the workbook. choice: chosen, not_ours, later. item_id: the line decided about, else the payment or list;
-- candidate_id: the payment or list that the row names, NULL on the row of none of them.
CREATE TABLE validated.decisions (
    row_id VARCHAR NOT NULL, receipt_id VARCHAR NOT NULL, source_file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
    row_no INTEGER NOT NULL, city_code VARCHAR NOT NULL, choice VARCHAR, decided_by VARCHAR, decided_on DATE,
    decision_note VARCHAR, pair_mark VARCHAR, item_id VARCHAR, candidate_id VARCHAR, bank_line_id VARCHAR,
    payment_id VARCHAR, list_id VARCHAR
);
