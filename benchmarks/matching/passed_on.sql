-- Money that arrives and is passed on, given back, spent on goods; what the bank takes, gives and takes back itself. Each i of
-- a row has one thing of every kind: the arithmetic is that of year.sql.
CREATE TEMP TABLE turns AS
SELECT
    i, i % 12 AS unit, 1 + i % 11 AS county, DATE '2021-01-11' + mixed(i, 300)::INTEGER AS on_day,
    (100000 + i * 37)::DECIMAL(18, 2) AS amount_yuan, 'Z' || LPAD(i::VARCHAR, 6, '0') AS quota_no,
    'T' || LPAD(i::VARCHAR, 6, '0') AS notice_no
FROM range(getvariable('payments') // 1000 + 10) AS r(i);

-- One arrival in eight by two credits, one a quota, which is no money.
INSERT INTO facts.arrivals BY NAME
SELECT
    'q' || i AS row_id, 'q' || i AS fact_key, 'U' || unit AS unit_code, 2021 AS budget_year, 'central' AS fund_source, quota_no,
    CASE WHEN i % 8 = 5 THEN 'quota' ELSE 'superior_union' END AS arrival_mode, on_day AS received_on, amount_yuan,
    '省总工会' AS payer_name, 1 AS occurrence
FROM turns;
-- One notice in two of two sources; one in ten is given back.
INSERT INTO facts.allotments BY NAME
SELECT
    'n' || i || '-' || s AS row_id, 'n' || i || '-' || s AS fact_key, 'U0' AS unit_code, 2021 AS budget_year, notice_no,
    on_day AS allotted_on, 'U' || county AS payee_unit_code, CASE WHEN s = 0 THEN 'central' ELSE 'provincial' END AS fund_source,
    'to_unit' AS allotment_mode, (40000 + i * 11 + s * 500)::DECIMAL(18, 2) AS amount_yuan
FROM turns
CROSS JOIN range(2) AS r(s)
WHERE s <= i % 2
UNION ALL BY NAME
SELECT
    'v' || i AS row_id, 'v' || i AS fact_key, 'U0' AS unit_code, 2021 AS budget_year, 'V' || notice_no AS notice_no,
    on_day + 30 AS allotted_on, 'U' || county AS payee_unit_code, 'central' AS fund_source, 'clawback' AS allotment_mode,
    3000 + i AS amount_yuan, notice_no AS original_notice_no
FROM turns
WHERE i % 10 = 4;
INSERT INTO facts.purchases BY NAME
SELECT
    'p' || i AS row_id, 'p' || i AS fact_key, 'U' || unit AS unit_code, 'C' || LPAD(i::VARCHAR, 6, '0') AS purchase_batch_no,
    '供货商' || (i % 97) AS supplier_name, key_of('g', i % 97) AS payee_account_key, 'FP' || LPAD(i::VARCHAR, 8, '0') AS invoice_no,
    (20000 + i * 3)::DECIMAL(18, 2) AS amount_yuan, 'central' AS fund_source, 2021 AS budget_year, on_day AS accepted_on,
    on_day AS paid_on, 1 AS occurrence
FROM turns;

INSERT INTO moved
SELECT 'q' || i || '-' || s, 'z', unit, 'in',
    CASE WHEN i % 8 <> 3 THEN amount_yuan WHEN s = 0 THEN 60000 ELSE amount_yuan - 60000 END, on_day + s::INTEGER, NULL, '省总工会',
    CASE WHEN i % 8 = 5 THEN '授权支付额度' ELSE '补助' END || CASE WHEN i % 2 = 1 THEN quota_no ELSE '' END
FROM turns
CROSS JOIN range(2) AS r(s)
WHERE s = 0 OR i % 8 = 3
UNION ALL
SELECT 'n' || i || '-' || s, 'z', CASE WHEN s = 0 THEN 0 ELSE county END, CASE WHEN s = 0 THEN 'out' ELSE 'in' END,
    40000 + i * 11 + i % 2 * (40500 + i * 11), on_day + 1 + s::INTEGER, key_of('z', CASE WHEN s = 0 THEN county ELSE 0 END),
    '单位' || CASE WHEN s = 0 THEN county ELSE 0 END, '拨款' || CASE WHEN i % 4 = 0 THEN notice_no ELSE '' END
FROM turns
CROSS JOIN range(2) AS r(s)
UNION ALL
SELECT 'v' || i || '-' || s, 'z', CASE WHEN s = 0 THEN county ELSE 0 END, CASE WHEN s = 0 THEN 'out' ELSE 'in' END, 3000 + i,
    on_day + 31 + s::INTEGER, key_of('z', CASE WHEN s = 0 THEN 0 ELSE county END), '单位' || CASE WHEN s = 0 THEN 0 ELSE county END,
    '收回' || notice_no
FROM turns
CROSS JOIN range(2) AS r(s)
WHERE i % 10 = 4
UNION ALL
SELECT 'p' || i, 'a', unit, 'out', 20000 + i * 3, on_day + 2, key_of('g', i % 97), '供货商' || (i % 97),
    '慰问品' || CASE WHEN i % 2 = 0 THEN 'FP' || LPAD(i::VARCHAR, 8, '0') ELSE '' END
FROM turns
UNION ALL -- taken back by the bank
SELECT 'w' || i || '-' || s, 'a', unit, CASE WHEN s = 0 THEN 'out' ELSE 'in' END, 1234 + i, on_day + s::INTEGER, key_of('w', i),
    '某户' || i, CASE WHEN s = 0 THEN '汇款' ELSE '冲正' END
FROM turns
CROSS JOIN range(2) AS r(s)
UNION ALL
SELECT 'f' || i, 'z', unit, 'out', 5, on_day, NULL, NULL, '手续费' FROM turns
UNION ALL
SELECT 'i' || i, 'z', unit, 'in', 10 + i % 90, on_day, NULL, NULL, '结息' FROM turns
UNION ALL -- between two accounts of one unit
SELECT 'o' || i || '-' || s, CASE WHEN s = 0 THEN 'a' ELSE 'z' END, unit, CASE WHEN s = 0 THEN 'out' ELSE 'in' END, 70000 + i,
    on_day, key_of(CASE WHEN s = 0 THEN 'z' ELSE 'a' END, unit), '单位' || unit, '内部划转'
FROM turns
CROSS JOIN range(2) AS r(s);
