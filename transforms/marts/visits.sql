-- 走访慰问
-- Grain: one row per visit; money, goods and reissue of one visit are one.
-- Reads: matched.visits.
SELECT
    city_code, visit_id, household_id, unit_code, campaign, window_name, visited_on, amount_yuan, fund_source, is_repeat
FROM matched.visits
ORDER BY city_code, visit_id
