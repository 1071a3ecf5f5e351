-- 执行数: everything that counts as executed, under the basis that the federation has chosen.
-- Grain: one row per event.
-- Basis `disbursed`: what reached persons and suppliers, less what came back (matched.execution_events).
-- Basis `allotted`: money passed to another unit counts on the day of the city's allotment, clawbacks lower it, and what
-- that unit then pays out of the same year and source does not count again; direct payments count as above.
-- Events without a budget year are in no execution figure.
-- Reads: matched.execution_events, matched.allotted, facts.units, run.parameters.
WITH basis AS (
    SELECT p.city_code, p.execution_basis, u.unit_code AS own_unit_code
    FROM run.parameters AS p
    INNER JOIN facts.units AS u ON u.city_code = p.city_code AND u.is_own
),
passed_on AS (
    SELECT a.*
    FROM matched.allotted AS a
    INNER JOIN basis AS b ON b.city_code = a.city_code AND b.execution_basis = 'allotted'
    WHERE NOT a.is_direct AND a.unit_code <> b.own_unit_code
),
funded_units AS (
    SELECT DISTINCT city_code, budget_year, fund_source, unit_code FROM passed_on
),
counted AS (
    SELECT
        e.city_code, e.event, e.event_id, e.payment_id, e.event_on AS counts_on, e.amount_yuan, e.budget_year,
        e.project_name, e.fund_source, e.unit_code, e.aid_category, e.campaign, e.household_id, e.person_key,
        e.is_reissue
    FROM matched.execution_events AS e
    LEFT JOIN funded_units AS f
        ON f.city_code = e.city_code AND f.budget_year = e.budget_year
        AND f.fund_source = e.fund_source AND f.unit_code = e.unit_code
    WHERE e.budget_year IS NOT NULL AND (f.unit_code IS NULL OR e.is_direct)
    UNION ALL
    SELECT
        city_code, 'allotted', notice_no, CAST(NULL AS VARCHAR), allotted_on, amount_yuan, budget_year,
        project_name, fund_source, unit_code, aid_category, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
        CAST(NULL AS VARCHAR), FALSE
    FROM passed_on
    WHERE budget_year IS NOT NULL
)
SELECT * FROM counted
ORDER BY city_code, budget_year, project_name, fund_source, unit_code, counts_on, event, event_id, aid_category,
    amount_yuan
