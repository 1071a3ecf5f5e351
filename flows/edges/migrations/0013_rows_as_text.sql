-- The cells of a row as one text, parted by the unit separator (chr(31)): string_split(cells, chr(31)) is the list.
ALTER TABLE raw.rows ALTER COLUMN cells SET DATA TYPE VARCHAR USING array_to_string(cells, chr(31));

-- Which rows of a recognised sheet are no data, and why: [[row number, reason], …]. Told on the 收件回执.
ALTER TABLE received.sheets ADD COLUMN left_out VARCHAR;

-- The kind that explains the sheet next best; NULL: no other does at all.
ALTER TABLE received.sheets ADD COLUMN runner_up VARCHAR;
