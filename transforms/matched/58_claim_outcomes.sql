-- What bank lines are that pay suppliers and enterprises that were visited, or bring something back from them.
-- Grain: one row per bank line and purchase batch (of visits 批次号) that it is for; one, without rule, where nobody can
-- tell for which (ambiguous). amount_yuan: what the batch has of the line. fund_source: NULL where the line has several.
-- Reads: matched.payable_shares, matched.payables, matched.claim_refunds, matched.claim_doubts.
WITH sources AS (
    SELECT
        s.bank_line_id, CASE WHEN COUNT(DISTINCT p.fund_source) = 1 THEN MIN(p.fund_source) END AS fund_source
    FROM matched.payable_shares AS s
    INNER JOIN matched.payables AS p ON p.payable_id = s.payable_id
    GROUP BY s.bank_line_id
),
batches AS (
    SELECT
        s.bank_line_id, s.direction, p.kind, p.batch_no, SUM(s.share_yuan) AS amount_yuan,
        MIN(s.candidate_count) AS candidate_count
    FROM matched.payable_shares AS s
    INNER JOIN matched.payables AS p ON p.payable_id = s.payable_id
    GROUP BY s.bank_line_id, s.direction, p.kind, p.batch_no
)
SELECT
    b.bank_line_id, b.batch_no,
    CASE WHEN b.direction = 'out' THEN 3 ELSE 4 END AS strength,
    CASE
        WHEN b.direction = 'in' AND r.is_whole THEN 'return'
        WHEN b.direction = 'in' THEN 'refund'
        WHEN b.kind = 'visits' THEN 'group_visit'
        ELSE 'purchase'
    END AS classification,
    CASE
        WHEN b.direction = 'in' AND r.is_whole THEN 'M50.return'
        WHEN b.direction = 'in' THEN 'M52.refund'
        WHEN b.kind = 'visits' THEN 'M45.group_visit'
        ELSE 'M45.purchase'
    END AS rule,
    s.fund_source, CAST(b.amount_yuan AS DECIMAL(18, 2)) AS amount_yuan, b.candidate_count
FROM batches AS b
INNER JOIN sources AS s ON s.bank_line_id = b.bank_line_id
LEFT JOIN matched.claim_refunds AS r ON r.bank_line_id = b.bank_line_id
UNION ALL
SELECT DISTINCT d.bank_line_id, CAST(NULL AS VARCHAR), 8, 'ambiguous', CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
    CAST(NULL AS DECIMAL(18, 2)), CAST(NULL AS BIGINT)
FROM matched.claim_doubts AS d
ORDER BY bank_line_id, batch_no, strength
