-- A made-up year of payments and the bank lines that answer them, in every shape, all by arithmetic on the number of the row:
-- the same year every time. getvariable('payments'): how many. Six of ten are in lists of 20 to 200; one in twenty of all comes
-- back. Names, cards and amounts repeat as in life. What else goes over the accounts: passed_on.sql, facts.sql.
CREATE TEMP MACRO mixed(n, parts) AS ((n + 1) * 2654435761 % 4294967296) // 1024 % parts;
CREATE TEMP MACRO key_of(kind, n) AS SUBSTR(MD5(CONCAT(kind, n)), 1, 16);

-- origin: the payment that this one pays again; a list is the k-th of its unit, two neighbours have one shape.
CREATE TEMP TABLE lines AS
WITH numbered AS (
    SELECT
        i, i % 12 AS unit, i * 10 // getvariable('payments') >= 4 AS is_listed,
        CASE WHEN i % 40 = 19 AND i * 10 // getvariable('payments') < 4 THEN i - 12 ELSE i END AS origin
    FROM range(getvariable('payments')) AS r(i)
),
placed AS (
    SELECT
        *, ROW_NUMBER() OVER (PARTITION BY unit, is_listed ORDER BY i) - 1 AS place,
        COUNT(*) OVER (PARTITION BY unit, is_listed) AS line_count
    FROM numbered
),
listed AS (
    SELECT
        *, place * CAST(CEIL(line_count / (40 + unit * 14)) AS BIGINT) // line_count AS k,
        mixed(origin, getvariable('payments') // 3 + 1) AS person
    FROM placed
)
SELECT
    i, is_listed, origin, unit, k, (k // 2 + unit) % 8 AS shape,
    is_listed AND (k // 2 + unit) % 8 = 4 AND k % 2 = 1 AS is_paid_back, 'U' || unit AS unit_code,
    CASE WHEN is_listed THEN 'B' || unit || '-' || LPAD(k::VARCHAR, 6, '0') ELSE 'S' || unit || '-' || LPAD(i::VARCHAR, 7, '0') END
        AS batch_no,
    key_of('k', person) AS person_key, key_of('c', person) AS card_key, '人' || (person % 20011) AS name,
    (500 + mixed(origin * 3, 40) * 50)::DECIMAL(18, 2) AS amount_yuan,
    CASE WHEN origin % 3 = 0 THEN 'central' ELSE 'provincial' END AS fund_source,
    DATE '2021-01-04' + (CASE WHEN is_listed THEN mixed(k // 2 * 12 + unit, 300) ELSE origin * 13 % 300 END)::INTEGER
        + CASE WHEN origin < i THEN 30 ELSE 0 END AS pay_on
FROM listed;

-- What the bank said of the lists of shape 3, line by line; what it refused it did not debit.
INSERT INTO facts.payouts BY NAME
SELECT
    'y' || i AS row_id, unit_code, batch_no, 'BANK' || batch_no AS bank_batch_no, card_key, name AS payee_name, amount_yuan,
    CASE WHEN i % 50 = 3 THEN 'failed' WHEN i % 20 = 7 THEN 'returned' ELSE 'succeeded' END AS result_status,
    pay_on AS processed_on, 1 AS occurrence
FROM lines
WHERE is_listed AND shape = 3;

CREATE TEMP TABLE lists AS
SELECT
    unit, k, unit_code, batch_no, shape, is_paid_back, MIN(pay_on) AS pay_on, SUM(amount_yuan) AS total_yuan,
    SUM(CASE WHEN shape = 3 AND i % 50 = 3 THEN 0 ELSE amount_yuan END) AS success_yuan
FROM lines
WHERE is_listed
GROUP BY unit, k, unit_code, batch_no, shape, is_paid_back;

CREATE TEMP TABLE moved AS
SELECT -- one by one; some with their number, some known by name only; one in two hundred is still to come
    's' || i AS id, 'a' AS account, unit, 'out' AS direction, amount_yuan, pay_on + (i % 4)::INTEGER AS value_on,
    CASE WHEN i % 25 = 4 THEN NULL ELSE card_key END AS counterparty_key, name AS counterparty_name,
    CASE WHEN i % 3 = 1 THEN '发放' || batch_no ELSE '' END AS memo
FROM lines
WHERE NOT is_listed AND i % 200 <> 11
UNION ALL -- what came back, half of it with the number
SELECT
    'r' || i, CASE WHEN is_paid_back THEN 'z' ELSE 'a' END, unit, 'in', amount_yuan,
    pay_on + (9 + i % 9 + CASE WHEN is_paid_back THEN 40 ELSE 0 END)::INTEGER, CASE WHEN i % 60 = 47 THEN NULL ELSE card_key END,
    name, '退汇' || CASE WHEN i % 40 = 7 THEN batch_no ELSE '' END
FROM lines
WHERE i % 20 = 7
UNION ALL -- a part that the payee gives back
SELECT 'g' || i, 'a', unit, 'in', 100, pay_on + 20, card_key, name, '退还多付补助'
FROM lines
WHERE NOT is_listed AND i % 400 = 9
UNION ALL -- one debit for a list: with its number, the bank's, or none
SELECT
    'b' || unit || '-' || k, 'a', unit, 'out', success_yuan, pay_on + (k % 3)::INTEGER, NULL, '代发户',
    '代发' || CASE WHEN k % 2 = 1 THEN '' WHEN shape = 3 THEN 'BANK' || batch_no ELSE batch_no END
FROM lists
WHERE shape > 2
UNION ALL -- one debit for two lists, with their numbers or none
SELECT
    't' || unit || '-' || MIN(k), 'a', unit, 'out', SUM(total_yuan), MIN(pay_on) + 1, NULL, '代发户',
    '代发' || CASE WHEN shape = 0 THEN STRING_AGG(batch_no, '、' ORDER BY batch_no) ELSE '' END
FROM lists
WHERE shape < 2
GROUP BY unit, shape, k // 2
UNION ALL -- two debits for one list, with its number or none
SELECT
    'h' || unit || '-' || k || '-' || h, 'a', unit, 'out', CASE WHEN h = 0 THEN 5000 ELSE total_yuan - 5000 END, pay_on + 1, NULL,
    '代发户', '代发' || CASE WHEN k % 2 = 0 THEN batch_no ELSE '' END
FROM lists
CROSS JOIN range(2) AS t(h)
WHERE shape = 2
UNION ALL -- paid in advance, and paid back by the account of the funds
SELECT
    'm' || unit || '-' || k || '-' || h, CASE WHEN h = 0 THEN 'z' ELSE 'a' END, unit, CASE WHEN h = 0 THEN 'out' ELSE 'in' END,
    total_yuan, pay_on + 40, key_of(CASE WHEN h = 0 THEN 'a' ELSE 'z' END, unit), '单位' || unit, '归垫' || batch_no
FROM lists
CROSS JOIN range(2) AS t(h)
WHERE is_paid_back;
