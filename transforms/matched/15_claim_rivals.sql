-- Claims of which only one can be paid, because they ask for the same money: an invoice and the batch that it is in.
-- Grain: one row per claim and rival.
-- Reads: matched.claim_parts.
SELECT DISTINCT c.claim_id, r.claim_id AS rival_id, c.level_no, r.level_no AS rival_level_no
FROM matched.claim_parts AS c
INNER JOIN matched.claim_parts AS r ON r.payable_id = c.payable_id AND r.claim_id <> c.claim_id
ORDER BY c.claim_id, rival_id
