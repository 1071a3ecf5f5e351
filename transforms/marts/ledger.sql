-- 台账
-- Grain: one row per entry of a ledger; a ledger is one figure source, unit and budget year. Entries stand in the order
-- of their dates, of one day: opening, arrival, money received from the city, money passed on, payments (to suppliers, too), returns.
-- In: carried-in money, arrivals (额度注销 negative), what a unit is allotted (clawbacks negative). Out: payments, returns
-- negative, and for the federation itself what it passes to other units. An allotment without a date stands first.
-- documents_present, documents_missing: empty until documents are received.
-- Reads: computed.carried_in, facts.arrivals, facts.units, facts.rosters, matched.allotted, matched.payments,
-- matched.payables, matched.execution_events, policy.source_rows, policy.arrival_modes.
WITH own AS (
    SELECT unit_code, unit_name FROM facts.units WHERE is_own
),
passed_on AS (
    SELECT a.*, u.unit_name, o.unit_code AS own_unit_code, o.unit_name AS own_unit_name
    FROM matched.allotted AS a
    CROSS JOIN own AS o
    LEFT JOIN facts.units AS u ON u.unit_code = a.unit_code
    WHERE NOT a.is_direct AND a.unit_code <> o.unit_code
),
entries AS (
    SELECT
        o.city_code, o.fund_source, o.unit_code, o.budget_year, o.carried_on AS booked_on, 1 AS entry_kind,
        o.approval_no AS entry_key, o.row_id, o.aid_category, CAST(NULL AS VARCHAR) AS payee, o.amount_yuan AS in_yuan,
        CAST(0 AS DECIMAL(18, 2)) AS out_yuan, CAST(NULL AS VARCHAR) AS voucher_no
    FROM computed.carried_in AS o
    UNION ALL
    SELECT
        a.city_code, a.fund_source, a.unit_code, a.budget_year, a.received_on,
        2, a.quota_no, a.row_id, NULL, a.payer_name,
        a.amount_yuan * m.sign, 0, a.voucher_no
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode
    UNION ALL
    SELECT
        city_code, fund_source, unit_code, budget_year, allotted_on,
        3, notice_no, row_id, aid_category, own_unit_name, amount_yuan, 0, NULL
    FROM passed_on
    UNION ALL
    SELECT
        city_code, fund_source, own_unit_code, budget_year, allotted_on,
        4, notice_no, row_id, aid_category, unit_name, 0, amount_yuan, NULL
    FROM passed_on
    UNION ALL
    SELECT
        e.city_code, e.fund_source, e.unit_code, e.budget_year, e.event_on,
        CASE WHEN e.event = 'paid' THEN 5 ELSE 6 END, e.event_id, COALESCE(p.row_id, b.row_id), e.aid_category,
        COALESCE(p.person_name, b.payee_name),
        0, e.amount_yuan, r.voucher_no
    FROM matched.execution_events AS e
    LEFT JOIN matched.payments AS p ON p.payment_id = e.payment_id
    LEFT JOIN matched.payables AS b ON b.payable_id = e.payable_id
    LEFT JOIN facts.rosters AS r ON r.row_id = p.row_id
    WHERE e.budget_year IS NOT NULL
),
numbered AS (
    SELECT
        e.city_code, COALESCE(s.figure_source, e.fund_source) AS fund_source, e.unit_code, e.budget_year, e.booked_on,
        e.aid_category, e.payee, e.in_yuan, e.out_yuan, e.voucher_no,
        ROW_NUMBER() OVER (
            PARTITION BY e.city_code, COALESCE(s.figure_source, e.fund_source), e.unit_code, e.budget_year
            ORDER BY e.booked_on NULLS FIRST, e.entry_kind, e.entry_key, e.in_yuan, e.out_yuan, e.aid_category, e.row_id
        ) AS entry_no
    FROM entries AS e
    LEFT JOIN policy.source_rows AS s ON s.fund_source = e.fund_source
)
SELECT
    city_code, fund_source, unit_code, budget_year, entry_no, booked_on, aid_category, payee,
    CAST(in_yuan AS DECIMAL(18, 2)) AS in_yuan,
    CAST(out_yuan AS DECIMAL(18, 2)) AS out_yuan,
    CAST(SUM(in_yuan - out_yuan) OVER (
        PARTITION BY city_code, fund_source, unit_code, budget_year
        ORDER BY entry_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(18, 2)) AS balance_yuan,
    voucher_no,
    CAST(NULL AS VARCHAR) AS documents_present,
    CAST(NULL AS VARCHAR) AS documents_missing
FROM numbered
ORDER BY city_code, fund_source, unit_code, budget_year, entry_no
