-- 慰问品进销存
-- Grain: one row per unit and purchase batch. Purchased = handed out + in stock; paid: by the bank, less what came back.
-- fund_sources, campaigns: all of the batch, joined by 、.
-- Reads: facts.purchases, matched.payables, matched.payable_shares, matched.goods_given.
WITH sources AS (
    SELECT unit_code, purchase_batch_no, STRING_AGG(fund_source, '、' ORDER BY fund_source) AS fund_sources
    FROM (SELECT DISTINCT unit_code, purchase_batch_no, fund_source FROM facts.purchases) AS s
    GROUP BY unit_code, purchase_batch_no
),
campaigns AS (
    SELECT unit_code, purchase_batch_no, STRING_AGG(campaign, '、' ORDER BY campaign) AS campaigns
    FROM (SELECT DISTINCT unit_code, purchase_batch_no, campaign FROM facts.purchases) AS c
    GROUP BY unit_code, purchase_batch_no
),
purchased AS (
    SELECT unit_code, purchase_batch_no, MIN(city_code) AS city_code, SUM(amount_yuan) AS purchased_yuan
    FROM facts.purchases
    GROUP BY unit_code, purchase_batch_no
),
paid AS (
    SELECT
        p.unit_code, p.batch_no, SUM(CASE WHEN s.direction = 'out' THEN s.share_yuan ELSE -s.share_yuan END) AS paid_yuan
    FROM matched.payable_shares AS s
    INNER JOIN matched.payables AS p ON p.payable_id = s.payable_id AND p.kind = 'purchases'
    GROUP BY p.unit_code, p.batch_no
),
given AS (
    SELECT buyer_unit_code, purchase_batch_no, SUM(goods_yuan) AS handed_out_yuan, COUNT(*) AS recipient_count
    FROM matched.goods_given
    WHERE buyer_unit_code IS NOT NULL
    GROUP BY buyer_unit_code, purchase_batch_no
)
SELECT
    b.city_code, b.unit_code, b.purchase_batch_no, s.fund_sources, c.campaigns,
    CAST(b.purchased_yuan AS DECIMAL(18, 2)) AS purchased_yuan,
    CAST(COALESCE(p.paid_yuan, 0) AS DECIMAL(18, 2)) AS paid_yuan,
    CAST(COALESCE(g.handed_out_yuan, 0) AS DECIMAL(18, 2)) AS handed_out_yuan,
    CAST(b.purchased_yuan - COALESCE(g.handed_out_yuan, 0) AS DECIMAL(18, 2)) AS in_stock_yuan,
    COALESCE(g.recipient_count, 0) AS recipient_count
FROM purchased AS b
INNER JOIN sources AS s ON s.unit_code = b.unit_code AND s.purchase_batch_no = b.purchase_batch_no
INNER JOIN campaigns AS c ON c.unit_code = b.unit_code AND c.purchase_batch_no = b.purchase_batch_no
LEFT JOIN paid AS p ON p.unit_code = b.unit_code AND p.batch_no = b.purchase_batch_no
LEFT JOIN given AS g ON g.buyer_unit_code = b.unit_code AND g.purchase_batch_no = b.purchase_batch_no
ORDER BY b.city_code, b.unit_code, b.purchase_batch_no
