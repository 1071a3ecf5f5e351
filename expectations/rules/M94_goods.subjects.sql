-- M94: purchase batches, and rows of the visit register that name one. Not judged: rows of a unit of which no purchase
-- has come.
WITH subjects AS (
    SELECT DISTINCT unit_code, purchase_batch_no, 'M94.over_issued' AS rule_id, CAST(NULL AS VARCHAR) AS missing_input
    FROM facts.purchases
    UNION ALL
    SELECT unit_code, purchase_batch_no, 'M94.unknown_purchase', missing_input FROM matched.goods_given
)
SELECT
    rule_id, unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count,
    COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input,
    CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY rule_id, unit_code, missing_input
