-- Visits as 一户一次 counts them.
-- Grain: one row per visit: what one unit gave one household in one campaign within the days that policy merges (money,
-- goods, reissue). The register's words stand before the list's; its date is 慰问日期, else 发放日期, else the bank's.
-- is_repeat: not the first of its household in its window, by date, unit_code, visit_id.
-- amount_yuan: all goods; the register's money, else that of the lists which answer it; and that of lists which answer nothing.
-- row_id: the register's earliest row, without one the list's. register_yuan: the money that the register states;
-- payment_count: the list lines behind the visit.
-- Reads: matched.visit_events, matched.visit_answers, matched.windows, policy.new_year_eves.
WITH events AS (
    SELECT
        e.*, b.budget_year AS answered_year, b.cash_yuan AS answered_yuan, a.line_id
    FROM matched.visit_events AS e
    LEFT JOIN matched.visit_answers AS a ON a.register_id = e.event_id
    LEFT JOIN matched.visit_events AS b ON b.event_id = a.line_id
    WHERE NOT e.is_void AND COALESCE(a.is_void, FALSE) = FALSE
        AND NOT EXISTS (SELECT 1 FROM matched.visit_answers AS n WHERE n.line_id = e.event_id)
),
stepped AS (
    SELECT
        e.*,
        LAG(e.event_on) OVER (
            PARTITION BY e.household_id, e.unit_code, COALESCE(e.campaign, '') ORDER BY e.event_on, e.event_id
        ) AS previous_on
    FROM events AS e
),
grouped AS (
    SELECT
        s.*,
        SUM(CASE
            WHEN s.previous_on IS NULL OR s.event_on IS NULL THEN 1
            WHEN DATE_DIFF('day', s.previous_on, s.event_on) > w.visit_days THEN 1
            ELSE 0
        END) OVER (
            PARTITION BY s.household_id, s.unit_code, COALESCE(s.campaign, '') ORDER BY s.event_on, s.event_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS visit_no
    FROM stepped AS s
    CROSS JOIN matched.windows AS w
),
placed AS (
    SELECT
        g.*,
        FIRST_VALUE(g.row_id) OVER (
            PARTITION BY g.household_id, g.unit_code, COALESCE(g.campaign, ''), g.visit_no
            ORDER BY CASE WHEN g.is_register THEN 0 ELSE 1 END, g.event_on, g.event_key, g.row_id
        ) AS told_row_id
    FROM grouped AS g
),
merged AS (
    SELECT
        g.household_id, g.unit_code, g.campaign, g.campaign_group, g.window_basis,
        SUBSTR(SHA256(CONCAT_WS('|', g.unit_code, MIN(g.event_key))), 1, 16) AS visit_id,
        MIN(g.city_code) AS city_code,
        MIN(g.event_on) AS visited_on,
        CAST(SUM(g.goods_yuan) + SUM(CASE WHEN g.is_register THEN 0 ELSE g.cash_yuan END) + CASE
            WHEN SUM(CASE WHEN g.is_register THEN g.cash_yuan ELSE 0 END) > 0
                THEN SUM(CASE WHEN g.is_register THEN g.cash_yuan ELSE 0 END)
            ELSE SUM(COALESCE(g.answered_yuan, 0))
        END AS DECIMAL(18, 2)) AS amount_yuan,
        CASE WHEN COUNT(DISTINCT g.fund_source) = 1 THEN MIN(g.fund_source) ELSE MIN(g.figure_source) END AS fund_source,
        COALESCE(MIN(g.budget_year), MIN(g.answered_year), CAST(EXTRACT(YEAR FROM MIN(g.event_on)) AS INTEGER)) AS money_year,
        MIN(g.person_name) AS person_name,
        MIN(g.told_row_id) AS row_id,
        CAST(SUM(CASE WHEN g.is_register THEN g.cash_yuan ELSE 0 END) AS DECIMAL(18, 2)) AS register_yuan,
        COUNT_IF(NOT g.is_register OR g.line_id IS NOT NULL) AS payment_count
    FROM placed AS g
    GROUP BY g.household_id, g.unit_code, g.campaign, g.campaign_group, g.window_basis, g.visit_no
),
seasons AS (
    SELECT m.visit_id, MIN(y.year) AS season_year
    FROM merged AS m
    INNER JOIN policy.new_year_eves AS y
        ON CAST(y.eve_on + INTERVAL '1' DAY AS DATE) >= m.visited_on AND DATE_DIFF('day', m.visited_on, y.eve_on) < 390
    GROUP BY m.visit_id
),
windowed AS (
    SELECT
        m.*,
        CASE WHEN m.visited_on IS NULL THEN NULL
            WHEN m.window_basis = 'spring_festival_season' THEN s.season_year
            ELSE m.money_year
        END AS window_year
    FROM merged AS m
    LEFT JOIN seasons AS s ON s.visit_id = m.visit_id
),
ordered AS (
    SELECT
        w.*,
        FIRST_VALUE(w.visit_id) OVER (
            PARTITION BY w.household_id, w.campaign_group, w.window_year ORDER BY w.visited_on, w.unit_code, w.visit_id
        ) AS first_visit_id
    FROM windowed AS w
)
SELECT
    visit_id, city_code, household_id, unit_code, campaign, campaign_group,
    CASE WHEN window_year IS NOT NULL THEN CONCAT(CAST(window_year AS VARCHAR), '.', campaign_group) END AS window_name,
    window_year, visited_on, amount_yuan, fund_source,
    window_year IS NOT NULL AND first_visit_id <> visit_id AS is_repeat,
    CASE WHEN window_year IS NOT NULL THEN first_visit_id END AS first_visit_id,
    person_name, row_id, register_yuan, payment_count
FROM ordered
ORDER BY visit_id
