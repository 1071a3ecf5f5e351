-- How far apart books and bank may be, in days and in what a name shows, as policy has it on the day up to which the books are looked at; before the
-- first statement there is no such day, and the policy's last word holds.
-- Grain: one row.
-- Reads: policy.parameters, facts.as_of.
SELECT
    MIN(a.city_code) AS city_code,
    CAST(MAX(CASE WHEN p.parameter = 'match.receipt_window_days' THEN p.number END) AS INTEGER) AS receipt_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.allotment_window_days' THEN p.number END) AS INTEGER) AS allotment_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.batch_window_days' THEN p.number END) AS INTEGER) AS batch_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.single_window_days' THEN p.number END) AS INTEGER) AS single_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.return_window_days' THEN p.number END) AS INTEGER) AS return_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.advance_window_days' THEN p.number END) AS INTEGER) AS advance_days,
    CAST(MAX(CASE WHEN p.parameter = 'visits.same_visit_days' THEN p.number END) AS INTEGER) AS visit_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.correction_window_days' THEN p.number END) AS INTEGER) AS correction_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.sum_items' THEN p.number END) AS BIGINT) AS sum_item_count,
    CAST(MAX(CASE WHEN p.parameter = 'match.cut_name_from' THEN p.number END) AS BIGINT) AS cut_from_count,
    CAST(MAX(CASE WHEN p.parameter = 'match.purchase_window_days' THEN p.number END) AS INTEGER) AS purchase_days,
    CAST(MAX(CASE WHEN p.parameter = 'match.delivery_window_days' THEN p.number END) AS INTEGER) AS delivery_days
FROM policy.parameters AS p
CROSS JOIN facts.as_of AS a
WHERE p.applies_from <= COALESCE(a.as_of_on, DATE '9999-12-30') AND COALESCE(a.as_of_on, DATE '9999-12-30') < p.applies_to
ORDER BY city_code
