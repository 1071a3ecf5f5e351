-- Everything that may be one visit or part of one: rows of the visit register and 送温暖 lines of payment lists.
-- Grain: one row per register row and per roster line; of a payment and its reissue the payment stands for both.
-- A register row that states a case file instead of an ID number is its 本人's.
-- is_void: the payment failed or came back and was not paid again; it makes no visit and unmakes the one it answers.
-- Reads: facts.visits, facts.households, matched.payments, matched.household_members, policy.campaign_groups ("*": any other text).
WITH heads AS (
    SELECT unit_code, file_no, MIN(person_key) AS person_key FROM facts.households GROUP BY unit_code, file_no
),
register AS (
    SELECT
        CONCAT('r|', v.row_id) AS event_id, v.row_id, v.city_code, v.unit_code, v.campaign, v.batch_no, v.fund_source,
        COALESCE(v.person_key, f.person_key) AS person_key, v.name_key, v.name AS person_name, v.visited_on AS event_on,
        CAST(COALESCE(v.cash_yuan, 0) AS DECIMAL(18, 2)) AS cash_yuan,
        CAST(COALESCE(v.goods_yuan, 0) AS DECIMAL(18, 2)) AS goods_yuan,
        CAST(NULL AS INTEGER) AS budget_year, TRUE AS is_register, FALSE AS is_void,
        SUBSTR(v.fact_key, 1, 16) AS event_key
    FROM facts.visits AS v
    LEFT JOIN heads AS f ON f.unit_code = v.unit_code AND f.file_no = v.file_no
    WHERE v.object_type IN ('person', 'household')
),
lines AS (
    SELECT
        CONCAT('p|', p.payment_id) AS event_id, p.row_id, p.city_code, p.unit_code, p.campaign, p.batch_no, p.fund_source,
        p.person_key, p.name_key, p.person_name, COALESCE(p.pay_on, p.value_on) AS event_on,
        p.amount_yuan, CAST(0 AS DECIMAL(18, 2)), p.budget_year, FALSE AS is_register,
        p.status = 'failed' OR (p.status = 'returned' AND NOT p.is_reissued) AS is_void,
        p.payment_id AS event_key
    FROM matched.payments AS p
    WHERE p.aid_category = 'warmth_visit'
        AND p.status <> 'held'
        AND p.reissue_of IS NULL
),
events AS (
    SELECT * FROM register
    UNION ALL
    SELECT * FROM lines
)
SELECT
    e.*,
    COALESCE(h.household_id, e.person_key, e.name_key) AS household_id,
    COALESCE(s.figure_source, e.fund_source) AS figure_source,
    COALESCE(g.campaign_group, o.campaign_group) AS campaign_group,
    COALESCE(g.window_basis, o.window_basis) AS window_basis
FROM events AS e
LEFT JOIN matched.household_members AS h
    ON h.person_key = e.person_key
    AND h.year = COALESCE(CAST(EXTRACT(YEAR FROM e.event_on) AS INTEGER), e.budget_year)
LEFT JOIN policy.source_rows AS s ON s.fund_source = e.fund_source
LEFT JOIN policy.campaign_groups AS g ON g.campaign = e.campaign
LEFT JOIN policy.campaign_groups AS o ON o.campaign = '*'
ORDER BY e.event_id
