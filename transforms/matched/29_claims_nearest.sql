-- M45: what is left, by the payee's account before his name, then the nearest on both sides; of equally near ones none.
-- Grain: one row per claim. Of an invoice and its batch the invoice stands.
-- Reads: matched.claim_candidates, matched.claims_named, matched.claims_in_order, matched.claim_rivals.
WITH settled AS (
    SELECT claim_id, bank_line_id FROM matched.claims_named
    UNION ALL
    SELECT claim_id, bank_line_id FROM matched.claims_in_order
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.claim_id) AS candidate_count,
        RANK() OVER (PARTITION BY c.claim_id ORDER BY c.strength, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.strength, c.days_apart) AS claim_rank
    FROM matched.claim_candidates AS c
    WHERE NOT EXISTS (SELECT 1 FROM settled AS s WHERE s.claim_id = c.claim_id OR s.bank_line_id = c.bank_line_id)
        AND NOT EXISTS (
            SELECT 1 FROM matched.claim_rivals AS r
            INNER JOIN settled AS s ON s.claim_id = r.rival_id
            WHERE r.claim_id = c.claim_id
        )
),
mutual AS (
    SELECT
        r.*,
        COUNT(*) OVER (PARTITION BY r.claim_id) AS lines_alike,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) AS claims_alike
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.claim_rank = 1
),
chosen AS (
    SELECT * FROM mutual WHERE lines_alike = 1 AND claims_alike = 1
)
SELECT c.claim_id, c.bank_line_id, c.value_on, c.claim_yuan, c.candidate_count
FROM chosen AS c
WHERE NOT EXISTS (
    SELECT 1 FROM matched.claim_rivals AS r
    INNER JOIN chosen AS o ON o.claim_id = r.rival_id
    WHERE r.claim_id = c.claim_id AND r.rival_level_no < r.level_no
)
ORDER BY c.claim_id
