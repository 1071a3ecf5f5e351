-- 分帮扶项目执行情况.
-- Grain: one row per budget year, project, figure source, unit, aid category and cutoff.
-- 人次: payments that stand at the cut-off. One that came back does not stand; its reissue is a payment of its own, so a
-- person paid, returned and paid again counts once. 人数 and 户数: distinct among these. Purchases and collective visits,
-- and money counted by allotment, have an amount and no payment.
-- Reads: computed.executed, computed.time_points.
WITH drawn AS (
    SELECT
        e.city_code, e.budget_year, e.project_name, e.fund_source, e.unit_code, e.aid_category,
        t.drawn_as AS cutoff, t.point_on AS cutoff_on, e.payment_id, e.person_key, e.household_id,
        CASE WHEN e.counts_on IS NULL OR e.counts_on <= t.point_on THEN e.amount_yuan ELSE 0 END AS amount_yuan
    FROM computed.executed AS e
    INNER JOIN computed.time_points AS t
        ON t.city_code = e.city_code AND t.budget_year = e.budget_year AND t.drawn_as <> 'month'
),
payments AS (
    SELECT
        city_code, budget_year, project_name, fund_source, unit_code, aid_category, cutoff, cutoff_on, payment_id,
        SUM(amount_yuan) AS amount_yuan,
        MAX(COALESCE(person_key, household_id)) AS person_key,
        MAX(household_id) AS household_id
    FROM drawn
    GROUP BY city_code, budget_year, project_name, fund_source, unit_code, aid_category, cutoff, cutoff_on, payment_id
)
SELECT
    city_code, budget_year, project_name, fund_source, unit_code, aid_category, cutoff, cutoff_on,
    CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS executed_yuan,
    COUNT(CASE WHEN amount_yuan > 0 THEN payment_id END) AS payment_count,
    COUNT(DISTINCT CASE WHEN amount_yuan > 0 AND payment_id IS NOT NULL THEN person_key END) AS person_count,
    COUNT(DISTINCT CASE WHEN amount_yuan > 0 AND payment_id IS NOT NULL THEN household_id END) AS household_count
FROM payments
GROUP BY city_code, budget_year, project_name, fund_source, unit_code, aid_category, cutoff, cutoff_on
ORDER BY city_code, budget_year, project_name, fund_source, unit_code, aid_category, cutoff
