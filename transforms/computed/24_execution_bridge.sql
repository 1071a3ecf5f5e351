-- 两个口径之差的构成: what moved executed between 12-31 and the extended cut-off.
-- Grain: one row per budget year, project, figure source, unit, aid category and cause. Each event has one cause, the
-- first that holds: return, reissue, the payment's campaign, other; so Σ amount = extended − fiscal at every grain.
-- payment_count: events of that cause (payments made, or payments returned). cutoff: the close that seals the row.
-- Reads: computed.executed, facts.cutoffs.
WITH moved AS (
    SELECT
        e.city_code, e.budget_year, e.project_name, e.fund_source, e.unit_code, e.aid_category, e.amount_yuan,
        CASE
            WHEN e.event IN ('returned', 'refunded') THEN 'return'
            WHEN e.is_reissue THEN 'reissue'
            WHEN e.campaign IN ('two_festivals', 'regular_warmth') THEN e.campaign
            ELSE 'other'
        END AS cause
    FROM computed.executed AS e
    INNER JOIN facts.cutoffs AS f
        ON f.city_code = e.city_code AND f.budget_year = e.budget_year AND f.cutoff = 'fiscal'
    INNER JOIN facts.cutoffs AS x
        ON x.city_code = e.city_code AND x.budget_year = e.budget_year AND x.cutoff = 'extended'
    WHERE e.counts_on > f.cutoff_on AND e.counts_on <= x.cutoff_on
)
SELECT
    city_code, budget_year, project_name, fund_source, unit_code, aid_category, 'extended' AS cutoff, cause,
    COUNT(*) AS payment_count,
    CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan
FROM moved
GROUP BY city_code, budget_year, project_name, fund_source, unit_code, aid_category, cause
ORDER BY city_code, budget_year, project_name, fund_source, unit_code, aid_category, cause
