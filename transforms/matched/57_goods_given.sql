-- 慰问品 that were handed out, and whose purchase they come from.
-- Grain: one row per row of the visit register that names a 采购批次号. buyer_unit_code: the unit itself where it has such a
-- purchase, else the federation, which buys for all; NULL where nobody has. missing_input: no purchase of the unit has
-- come yet.
-- Reads: facts.visits, facts.purchases, facts.units.
WITH batches AS (
    SELECT DISTINCT p.unit_code, p.purchase_batch_no, u.is_own
    FROM facts.purchases AS p
    INNER JOIN facts.units AS u ON u.unit_code = p.unit_code
)
SELECT
    v.row_id, v.city_code, v.unit_code, v.fact_key, v.name, v.visited_on, v.purchase_batch_no,
    CAST(COALESCE(v.goods_yuan, 0) AS DECIMAL(18, 2)) AS goods_yuan,
    COALESCE(b.unit_code, o.unit_code) AS buyer_unit_code,
    CASE
        WHEN b.unit_code IS NULL AND o.unit_code IS NULL
            AND NOT EXISTS (SELECT 1 FROM batches AS any_batch WHERE any_batch.unit_code = v.unit_code) THEN 'purchases'
    END AS missing_input
FROM facts.visits AS v
LEFT JOIN batches AS b ON b.unit_code = v.unit_code AND b.purchase_batch_no = v.purchase_batch_no
LEFT JOIN batches AS o ON o.is_own AND o.purchase_batch_no = v.purchase_batch_no
WHERE v.purchase_batch_no IS NOT NULL
ORDER BY v.row_id
