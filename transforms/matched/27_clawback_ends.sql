-- 收回拨款: money that a unit gives back to who passed it on, as two ends.
-- Grain: one row per decision (its number, else what it rests on), unit and end: out, the unit's debit; in, the credit of who takes
-- it back. One transfer gives back its lines of every source together.
-- Reads: facts.allotments.
WITH sums AS (
    SELECT
        COALESCE(notice_no, basis, original_notice_no) AS decision_no, MIN(original_notice_no) AS original_notice_no,
        payee_unit_code, MIN(city_code) AS city_code, MIN(unit_code) AS taking_unit_code, MIN(allotted_on) AS allotted_on,
        CAST(SUM(ABS(amount_yuan)) AS DECIMAL(18, 2)) AS amount_yuan,
        CASE WHEN COUNT(DISTINCT fund_source) = 1 THEN MIN(fund_source) END AS fund_source
    FROM facts.allotments
    WHERE allotment_mode = 'clawback' AND payee_unit_code IS NOT NULL AND payee_unit_code <> unit_code
    GROUP BY COALESCE(notice_no, basis, original_notice_no), payee_unit_code
)
SELECT s.*, 'out' AS direction, s.payee_unit_code AS unit_code, s.taking_unit_code AS other_unit_code
FROM sums AS s
UNION ALL
SELECT s.*, 'in', s.taking_unit_code, s.payee_unit_code
FROM sums AS s
ORDER BY decision_no, payee_unit_code, direction
