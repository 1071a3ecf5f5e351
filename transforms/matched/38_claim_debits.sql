-- All debits that pay suppliers and enterprises that were visited, however they were found.
-- Grain: one row per claim and debit; share_yuan: what the claim has of the debit. Of sums that would pay the same money twice (an
-- invoice and its batch) none is taken.
-- Reads: matched.claims_alone, matched.sums, matched.claim_rivals, facts.bank_lines.
WITH torn AS (
    SELECT DISTINCT s.question
    FROM matched.sums AS s
    INNER JOIN matched.claim_rivals AS r ON r.claim_id = s.answered_id
    INNER JOIN matched.sums AS o ON o.answered_id = r.rival_id AND o.pass = 'M45'
    WHERE s.pass = 'M45'
)
SELECT claim_id, bank_line_id, claim_yuan AS share_yuan, value_on, candidate_count
FROM matched.claims_alone
UNION ALL
SELECT s.answered_id, s.bank_line_id, s.share_yuan, b.value_on, s.candidate_count
FROM matched.sums AS s
INNER JOIN facts.bank_lines AS b ON b.bank_line_id = s.bank_line_id
WHERE s.pass = 'M45' AND s.question NOT IN (SELECT t.question FROM torn AS t)
ORDER BY claim_id, bank_line_id
