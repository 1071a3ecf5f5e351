-- Suppliers and enterprises that one debit pays in full, however it was found; and debits that pay once more what came
-- back.
-- Grain: one row per claim and debit; a claim has a second debit only where the whole of it came back from the payee,
-- with a word that says so, and was paid again: as many further debits as such credits, in order of date.
-- Reads: matched.claims_named, matched.claims_in_order, matched.claims_nearest, matched.claim_candidates,
-- matched.claim_payees, matched.claims, matched.line_words, facts.bank_lines.
WITH firsts AS (
    SELECT claim_id, bank_line_id, value_on, claim_yuan, candidate_count FROM matched.claims_named
    UNION ALL
    SELECT claim_id, bank_line_id, value_on, claim_yuan, candidate_count FROM matched.claims_in_order
    UNION ALL
    SELECT claim_id, bank_line_id, value_on, claim_yuan, candidate_count FROM matched.claims_nearest
),
comebacks AS (
    SELECT f.claim_id, COUNT(DISTINCT b.bank_line_id) AS comeback_count
    FROM firsts AS f
    INNER JOIN matched.claims AS c ON c.claim_id = f.claim_id
    INNER JOIN matched.claim_payees AS p ON p.payee_name = c.payee_name AND p.direction = 'in'
    INNER JOIN facts.bank_lines AS b
        ON b.bank_line_id = p.bank_line_id AND b.unit_code = c.unit_code AND b.amount_yuan = c.claim_yuan
    INNER JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose IN ('return', 'refund')
    GROUP BY f.claim_id
),
left_over AS ( -- of debits that may pay this claim only
    SELECT
        c.claim_id, c.bank_line_id, c.value_on, c.claim_yuan,
        COUNT(*) OVER (PARTITION BY c.claim_id) AS candidate_count,
        COUNT(*) OVER (PARTITION BY c.bank_line_id) AS claim_count,
        ROW_NUMBER() OVER (PARTITION BY c.claim_id ORDER BY c.value_on, c.bank_line_id) AS place
    FROM matched.claim_candidates AS c
    WHERE NOT EXISTS (SELECT 1 FROM firsts AS f WHERE f.bank_line_id = c.bank_line_id)
)
SELECT claim_id, bank_line_id, value_on, claim_yuan, candidate_count FROM firsts
UNION ALL
SELECT l.claim_id, l.bank_line_id, l.value_on, l.claim_yuan, l.candidate_count
FROM left_over AS l
INNER JOIN comebacks AS k ON k.claim_id = l.claim_id
WHERE l.claim_count = 1 AND l.place <= k.comeback_count
ORDER BY claim_id, bank_line_id
