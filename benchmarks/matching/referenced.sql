-- The plainest year: single payments, each with a number of its own, and for each one debit that shows this number; beside
-- lines of a statement (getvariable('others') > 0) one payment in two hundred is still to come. getvariable('payments'): how many.
CREATE TEMP MACRO mixed(n, parts) AS ((n + 1) * 2654435761 % 4294967296) // 1024 % parts;
CREATE TEMP MACRO key_of(kind, n) AS SUBSTR(MD5(CONCAT(kind, n)), 1, 16);

CREATE TEMP TABLE lines AS
SELECT
    i, i % 12 AS unit, 'U' || (i % 12) AS unit_code, 'S' || (i % 12) || '-' || LPAD(i::VARCHAR, 7, '0') AS batch_no,
    key_of('k', mixed(i, getvariable('payments') // 3 + 1)) AS person_key,
    key_of('c', mixed(i, getvariable('payments') // 3 + 1)) AS card_key,
    '人' || (mixed(i, getvariable('payments') // 3 + 1) % 20011) AS name,
    (500 + mixed(i * 3, 40) * 50)::DECIMAL(18, 2) AS amount_yuan,
    CASE WHEN i % 3 = 0 THEN 'central' ELSE 'provincial' END AS fund_source,
    DATE '2021-01-04' + (i * 13 % 300)::INTEGER AS pay_on
FROM range(getvariable('payments')) AS r(i);

CREATE TEMP TABLE moved AS
SELECT
    's' || i AS id, 'a' AS account, unit, 'out' AS direction, amount_yuan, pay_on + (i % 4)::INTEGER AS value_on,
    card_key AS counterparty_key, name AS counterparty_name, batch_no AS memo
FROM lines
WHERE getvariable('others') = 0 OR i % 200 <> 11;
