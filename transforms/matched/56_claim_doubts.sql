-- What only a person can decide of purchases and collective visits: both sides are open although they fit, because
-- others fit too.
-- Grain: one row per open claim and open debit that may pay it.
-- Reads: matched.claim_candidates, matched.claim_debits, matched.claim_rivals.
SELECT c.claim_id, c.bank_line_id
FROM matched.claim_candidates AS c
WHERE NOT EXISTS (
        SELECT 1 FROM matched.claim_debits AS d WHERE d.claim_id = c.claim_id OR d.bank_line_id = c.bank_line_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM matched.claim_rivals AS r
        INNER JOIN matched.claim_debits AS d ON d.claim_id = r.rival_id
        WHERE r.claim_id = c.claim_id
    )
ORDER BY c.claim_id, c.bank_line_id
