-- What each debit pays, and each credit gives back, of each line of a purchase and each collective visit: by source, to
-- the fen.
-- Grain: one row per payable and bank line; share_yuan > 0 in its direction. A bank line for the whole of a claim is
-- shared as the claim's lines are. Several debits fill the lines one after the other, in order of date, by day of
-- payment, bill and source; parts that come back likewise. Shares of a line add up to what the claims have of it.
-- Reads: matched.claim_debits, matched.claim_refunds, matched.claim_parts, matched.claims, matched.payables.
WITH moves AS (
    SELECT claim_id, bank_line_id, 'out' AS direction, share_yuan AS moved_yuan, value_on AS moved_on, candidate_count
    FROM matched.claim_debits
    UNION ALL
    SELECT claim_id, bank_line_id, 'in', amount_yuan, credited_on, candidate_count
    FROM matched.claim_refunds
),
lines AS (
    SELECT
        c.claim_id, p.payable_id, p.amount_yuan,
        SUM(p.amount_yuan) OVER (
            PARTITION BY c.claim_id ORDER BY p.near_on, p.bill_key, p.fund_source, p.payable_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS line_to_yuan
    FROM matched.claim_parts AS c
    INNER JOIN matched.payables AS p ON p.payable_id = c.payable_id
),
placed AS (
    SELECT
        m.*, k.claim_yuan, m.moved_yuan = k.claim_yuan AS is_all,
        SUM(CASE WHEN m.moved_yuan = k.claim_yuan THEN 0 ELSE m.moved_yuan END) OVER (
            PARTITION BY m.claim_id, m.direction ORDER BY m.moved_on, m.bank_line_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS move_to_yuan
    FROM moves AS m
    INNER JOIN matched.claims AS k ON k.claim_id = m.claim_id
),
shared AS (
    SELECT
        l.payable_id, p.bank_line_id, p.claim_id, p.direction, p.moved_on, p.candidate_count,
        CASE
            WHEN p.is_all THEN l.amount_yuan
            ELSE LEAST(l.line_to_yuan, p.move_to_yuan)
                - GREATEST(l.line_to_yuan - l.amount_yuan, p.move_to_yuan - p.moved_yuan)
        END AS share_yuan
    FROM placed AS p
    INNER JOIN lines AS l ON l.claim_id = p.claim_id
)
SELECT
    payable_id, bank_line_id, claim_id, direction, moved_on, CAST(share_yuan AS DECIMAL(18, 2)) AS share_yuan, candidate_count
FROM shared
WHERE share_yuan > 0
ORDER BY payable_id, bank_line_id
