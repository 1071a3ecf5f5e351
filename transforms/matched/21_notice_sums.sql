-- What each transfer notice sends to each unit.
-- Grain: one row per notice and receiving unit, over its lines of every source (one transfer pays them together).
-- Reads: facts.allotments (money passed to a unit, 调剂 among it).
SELECT
    notice_no,
    payee_unit_code,
    MIN(city_code) AS city_code,
    MIN(unit_code) AS paying_unit_code,
    MIN(payee_account_key) AS payee_account_key,
    MIN(allotted_on) AS allotted_on,
    CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan,
    CASE WHEN COUNT(DISTINCT fund_source) = 1 THEN MIN(fund_source) END AS fund_source
FROM facts.allotments
WHERE allotment_mode IN ('to_unit', 'transfer') AND notice_no IS NOT NULL AND payee_unit_code IS NOT NULL
GROUP BY notice_no, payee_unit_code
ORDER BY notice_no, payee_unit_code
