-- The tables that matching reads, from lines and moved. Each unit has a 基本户 (a) and a 专户 (z); beside the lines in moved stand
-- getvariable('others') times as many on the 基本户 that are nobody's concern here.
INSERT INTO run.parameters BY NAME SELECT '430600' AS city_code;
INSERT INTO facts.as_of BY NAME SELECT DATE '2022-06-30' AS as_of_on;
INSERT INTO facts.units BY NAME SELECT 'U' || i AS unit_code, '单位' || i AS unit_name, i = 0 AS is_own FROM range(12) AS r(i);
INSERT INTO facts.accounts BY NAME
SELECT
    'U' || i AS unit_code, key_of(account, i) AS account_key, '单位' || i AS account_name,
    CASE WHEN account = 'a' THEN 'basic' ELSE 'special' END AS account_type
FROM range(12) AS r(i)
CROSS JOIN (VALUES ('a'), ('z')) AS t(account);
INSERT INTO facts.coverage BY NAME
SELECT account_key, DATE '2020-12-31' AS covered_from, DATE '2022-06-30' AS covered_to FROM facts.accounts;
INSERT INTO facts.current BY NAME
SELECT key_of('row', i) AS row_id, 'rosters' AS kind, unit_code, 'f' || i AS fact_key FROM lines;
INSERT INTO validated.rosters BY NAME
SELECT
    key_of('row', i) AS row_id, '430600' AS city_code, name, name AS name_key, person_key, card_key, amount_yuan, fund_source,
    batch_no, 'living_aid' AS aid_category, 2021 AS budget_year, pay_on AS paid_on, 1 AS occurrence
FROM lines;

CREATE TEMP TABLE others AS
SELECT
    'x' || i AS id, 'a' AS account, i % 12 AS unit, CASE WHEN i % 3 = 0 THEN 'in' ELSE 'out' END AS direction,
    (100 + mixed(i, 9000))::DECIMAL(18, 2) AS amount_yuan, DATE '2021-01-04' + (i * 7 % 360)::INTEGER AS value_on,
    key_of('o', i % 5003) AS counterparty_key, '某公司' || (i % 5003) AS counterparty_name, '货款' || (i % 997) AS memo
FROM range((SELECT getvariable('others') * COUNT(*) FROM moved)) AS r(i);
INSERT INTO facts.bank_lines BY NAME
SELECT
    SUBSTR(MD5(id), 1, 16) AS bank_line_id, SUBSTR(MD5(id), 1, 16) AS row_id, key_of(account, unit) AS account_key,
    CASE WHEN account = 'a' THEN 'basic' ELSE 'special' END AS account_type, 'U' || unit AS unit_code,
    CASE WHEN account = 'z' THEN 'central' END AS account_fund_source,
    value_on AS booked_on, value_on AS transacted_on, value_on, direction, amount_yuan, counterparty_name, counterparty_key, memo
FROM (FROM moved UNION ALL FROM others);
