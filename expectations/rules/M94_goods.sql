-- M94 慰问品: more was handed out than the batch had purchased (.over_issued), and goods whose 采购批次号 no purchase names
-- (.unknown_purchase), once purchases of the unit have come.
-- Reads: facts.purchases, matched.goods_given.
WITH purchased AS (
    SELECT unit_code, purchase_batch_no, MIN(row_id) AS row_id, SUM(amount_yuan) AS purchased_yuan
    FROM facts.purchases
    GROUP BY unit_code, purchase_batch_no
),
given AS (
    SELECT buyer_unit_code, purchase_batch_no, SUM(goods_yuan) AS handed_out_yuan, COUNT(*) AS recipient_count
    FROM matched.goods_given
    GROUP BY buyer_unit_code, purchase_batch_no
)
SELECT
    'M94.over_issued' AS rule_id, p.unit_code, 'purchases' AS kind, p.row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', 'goods', p.unit_code, p.purchase_batch_no) AS subject_key,
    p.purchase_batch_no AS batch_no, CAST(NULL AS VARCHAR) AS notice_no, p.purchase_batch_no AS arg1,
    CAST(CAST(p.purchased_yuan AS DECIMAL(18, 2)) AS VARCHAR) AS arg2,
    CAST(CAST(g.handed_out_yuan AS DECIMAL(18, 2)) AS VARCHAR) AS arg3,
    CAST(CAST(g.handed_out_yuan - p.purchased_yuan AS DECIMAL(18, 2)) AS VARCHAR) AS arg4,
    CAST(g.recipient_count AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM purchased AS p
INNER JOIN given AS g ON g.buyer_unit_code = p.unit_code AND g.purchase_batch_no = p.purchase_batch_no
WHERE g.handed_out_yuan > p.purchased_yuan
UNION ALL
SELECT
    'M94.unknown_purchase', v.unit_code, 'visits', v.row_id, 'purchase_batch_no', v.purchase_batch_no,
    CONCAT_WS('|', 'goods', v.unit_code, v.fact_key), NULL, NULL, v.purchase_batch_no, CAST(v.goods_yuan AS VARCHAR),
    CAST(v.visited_on AS VARCHAR), NULL, NULL, NULL
FROM matched.goods_given AS v
WHERE v.buyer_unit_code IS NULL AND v.missing_input IS NULL
