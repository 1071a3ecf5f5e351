-- A made-up year: payments, their bank lines, and four other lines for each of these. Six of ten payments are in lists of 20
-- to 185 lines, paid by one debit each; one list in eight is paid by two debits, one in eight together with another; the
-- others are paid one by one. One in twenty comes back. Names, cards and amounts repeat as in life. All by arithmetic on the
-- number of the row: the same year every time. getvariable('payments'): how many.
CREATE TEMP TABLE lines AS
WITH numbered AS (
    SELECT
        i, i * 10 // getvariable('payments') >= 4 AS is_listed, i % 12 AS unit, i // 12 AS place,
        i * 7919 % (getvariable('payments') // 3 + 1) AS person
    FROM range(getvariable('payments')) AS r(i)
)
SELECT
    i, is_listed, 'U' || unit AS unit_code,
    CASE
        WHEN is_listed THEN 'B' || unit || '-' || LPAD((place // (20 + unit * 15))::VARCHAR, 6, '0')
        ELSE 'S' || unit || '-' || LPAD(place::VARCHAR, 7, '0')
    END AS batch_no,
    'k' || person AS person_key, 'c' || person AS card_key, '人' || (i * 7919 % 20011) AS name,
    (500 + i * 31 % 40 * 50)::DECIMAL(18, 2) AS amount_yuan,
    CASE WHEN i % 3 = 0 THEN 'central' ELSE 'provincial' END AS fund_source,
    DATE '2021-01-04' + (
        CASE WHEN is_listed THEN place // (20 + unit * 15) * 17 % 340 ELSE place * 13 % 340 END
    )::INTEGER AS pay_on
FROM numbered;

CREATE TEMP TABLE lists AS
SELECT
    unit_code, batch_no, SUM(amount_yuan) AS total_yuan, MIN(pay_on) AS pay_on,
    ROW_NUMBER() OVER (ORDER BY unit_code, batch_no) AS n
FROM lines
WHERE is_listed
GROUP BY unit_code, batch_no;

CREATE TEMP TABLE moved AS
SELECT
    's' || i AS id, unit_code, 'out' AS direction, amount_yuan, pay_on + (i % 4)::INTEGER AS value_on,
    card_key AS counterparty_key, name AS counterparty_name, '' AS memo
FROM lines
WHERE NOT is_listed
UNION ALL
SELECT 'r' || i, unit_code, 'in', amount_yuan, pay_on + (9 + i % 9)::INTEGER, card_key, name, '退汇'
FROM lines
WHERE i % 20 = 7
UNION ALL -- one debit for a list, half of them with its number
SELECT
    'b' || n, unit_code, 'out', total_yuan, pay_on + (n % 3)::INTEGER, NULL, '代发户',
    CASE WHEN n % 2 = 0 THEN '代发' || batch_no ELSE '代发' END
FROM lists
WHERE n % 8 > 1
UNION ALL -- two debits for a list
SELECT
    'h' || n || '-' || h, unit_code, 'out', CASE WHEN h = 0 THEN 500 ELSE total_yuan - 500 END, pay_on + 1, NULL, '代发户',
    '代发' || CASE WHEN n % 16 = 1 THEN batch_no ELSE '' END
FROM lists
CROSS JOIN range(2) AS t(h)
WHERE n % 8 = 1
UNION ALL -- one debit for two lists
SELECT
    't' || MIN(n), unit_code, 'out', SUM(total_yuan), MIN(pay_on) + 1, NULL, '代发户',
    '代发' || STRING_AGG(batch_no, '、' ORDER BY batch_no)
FROM lists
WHERE n % 8 = 0
GROUP BY unit_code, n // 16;

CREATE TEMP TABLE others AS
SELECT
    'x' || i AS id, 'U' || (i % 12) AS unit_code, CASE WHEN i % 3 = 0 THEN 'in' ELSE 'out' END AS direction,
    (100 + i * 17 % 9000)::DECIMAL(18, 2) AS amount_yuan, DATE '2021-01-04' + (i * 7 % 360)::INTEGER AS value_on,
    'o' || (i % 5003) AS counterparty_key, '某公司' || (i % 5003) AS counterparty_name, '货款' AS memo
FROM range((SELECT 4 * COUNT(*) FROM moved)) AS r(i);

INSERT INTO policy.terms BY NAME
SELECT term, purpose
FROM (VALUES ('代发', 'batch'), ('退汇', 'return'), ('冲正', 'correction'), ('手续费', 'fee')) AS t(term, purpose);
INSERT INTO run.parameters BY NAME SELECT '430600' AS city_code;
INSERT INTO facts.as_of BY NAME SELECT DATE '2022-06-30' AS as_of_on;
INSERT INTO facts.accounts BY NAME
SELECT 'U' || i AS unit_code, 'a' || i AS account_key, 'basic' AS account_type FROM range(12) AS r(i);
INSERT INTO facts.units BY NAME SELECT 'U' || i AS unit_code, '单位' || i AS unit_name FROM range(12) AS r(i);
INSERT INTO facts.current BY NAME
SELECT 'r' || i AS row_id, 'rosters' AS kind, unit_code, 'f' || i AS fact_key FROM lines;
INSERT INTO validated.rosters BY NAME
SELECT
    'r' || i AS row_id, '430600' AS city_code, name, name AS name_key, person_key, card_key, amount_yuan, fund_source,
    batch_no, 'living_aid' AS aid_category, 2021 AS budget_year, pay_on AS paid_on, 1 AS occurrence
FROM lines;
INSERT INTO facts.bank_lines BY NAME
SELECT
    id AS bank_line_id, id AS row_id, 'a' || SUBSTR(unit_code, 2) AS account_key, 'basic' AS account_type, unit_code,
    value_on AS booked_on, value_on AS transacted_on, value_on, direction, amount_yuan, counterparty_name,
    counterparty_key, memo
FROM (FROM moved UNION ALL FROM others);
