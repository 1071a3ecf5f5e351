-- 报送情况
-- Grain: one row per unit, kind and month. The month is that of what the rows tell, never that of their receipt; kinds
-- that are not of a month have none. A statement without lines reports the months of the period that it states.
-- state: waiting (unit unknown), rejected or partly (rows that could not be understood), received. Rows count as
-- received, those that a later file replaced included; a row that came back corrected counts once.
-- Reads: facts.typed_rows, facts.supersessions, validated.problems, facts.row_owners, facts.unit_names, facts.years,
-- facts.receipts, received.statement_periods, facts.account_owners, and the dates of validated.arrivals, allotments, rosters, visits,
-- purchases, payouts, bank_statements, journal.
WITH rejected AS (
    SELECT DISTINCT row_id FROM validated.problems WHERE severity = 'reject' AND row_id IS NOT NULL
),
dated AS (
    SELECT row_id, received_on AS told_on FROM validated.arrivals
    UNION ALL SELECT row_id, allotted_on FROM validated.allotments
    UNION ALL SELECT row_id, COALESCE(paid_on, planned_on) FROM validated.rosters
    UNION ALL SELECT row_id, visited_on FROM validated.visits
    UNION ALL SELECT row_id, COALESCE(paid_on, accepted_on) FROM validated.purchases
    UNION ALL SELECT row_id, processed_on FROM validated.payouts
    UNION ALL SELECT row_id, COALESCE(booked_on, transacted_on) FROM validated.bank_statements
    UNION ALL SELECT row_id, voucher_on FROM validated.journal
),
lines AS (
    SELECT
        v.city_code,
        COALESCE(o.unit_code, s.unit_code, h.unit_code, f.unit_code) AS unit_code,
        v.kind,
        strftime(d.told_on, '%Y-%m') AS month,
        1 AS is_row,
        CASE WHEN r.row_id IS NULL THEN 0 ELSE 1 END AS is_rejected
    FROM facts.typed_rows AS v
    LEFT JOIN facts.supersessions AS x ON x.row_id = v.row_id AND x.is_by_token
    LEFT JOIN dated AS d ON d.row_id = v.row_id
    LEFT JOIN rejected AS r ON r.row_id = v.row_id
    LEFT JOIN facts.row_owners AS o ON o.row_id = v.row_id
    LEFT JOIN facts.unit_names AS s ON s.name = v.stated_unit
    LEFT JOIN facts.unit_names AS h ON h.name = v.sheet_unit
    LEFT JOIN facts.unit_names AS f ON f.name = v.folder_unit
    WHERE x.row_id IS NULL
),
months AS (
    SELECT make_date(y.year, m.month, 1) AS starts_on, LAST_DAY(make_date(y.year, m.month, 1)) AS ends_on
    FROM facts.years AS y
    CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)) AS m(month)
),
statements AS (
    SELECT
        p.city_code, a.unit_code, 'bank_statements' AS kind, strftime(m.starts_on, '%Y-%m') AS month,
        0 AS is_row, 0 AS is_rejected
    FROM received.statement_periods AS p
    INNER JOIN facts.receipts AS r ON r.receipt_id = p.receipt_id
    INNER JOIN facts.account_owners AS a ON a.account_key = p.account_key
    INNER JOIN months AS m ON m.starts_on <= p.ends_on AND m.ends_on >= p.starts_on
),
reported AS (
    SELECT * FROM lines
    UNION ALL
    SELECT * FROM statements
)
SELECT
    city_code, unit_code, kind, month,
    CASE
        WHEN unit_code IS NULL THEN 'waiting'
        WHEN SUM(is_rejected) = 0 THEN 'received'
        WHEN SUM(is_rejected) < SUM(is_row) THEN 'partly'
        ELSE 'rejected'
    END AS state,
    CAST(SUM(is_row) AS BIGINT) AS row_count,
    CAST(SUM(is_rejected) AS BIGINT) AS rejected_row_count
FROM reported
GROUP BY city_code, unit_code, kind, month
ORDER BY city_code, unit_code, kind, month
