-- M45: as many claims as debits of one unit, payee and sum that are alike in source, year and batch: paired by date.
-- Grain: one row per claim. Holds where every pair so made is a candidate; a debit that two payees may be meant by is
-- paired with nobody here.
-- Reads: matched.claim_candidates, matched.claims_named, matched.claim_rivals.
WITH open_pairs AS (
    SELECT c.*, CONCAT_WS('|', c.unit_code, c.payee_name, CAST(c.claim_yuan AS VARCHAR)) AS group_key
    FROM matched.claim_candidates AS c
    WHERE NOT EXISTS (
            SELECT 1 FROM matched.claims_named AS n WHERE n.claim_id = c.claim_id OR n.bank_line_id = c.bank_line_id
        )
        AND NOT EXISTS (
            SELECT 1 FROM matched.claim_rivals AS r
            INNER JOIN matched.claims_named AS n ON n.claim_id = r.rival_id
            WHERE r.claim_id = c.claim_id
        )
),
claims AS (
    SELECT DISTINCT group_key, claim_id, claim_yuan, near_from_on, nature FROM open_pairs
),
debits AS (
    SELECT DISTINCT group_key, bank_line_id, value_on FROM open_pairs
),
unsure AS (
    SELECT DISTINCT group_key
    FROM debits
    WHERE bank_line_id IN (SELECT d.bank_line_id FROM debits AS d GROUP BY d.bank_line_id HAVING COUNT(*) > 1)
),
alike AS (
    SELECT group_key, COUNT(*) AS n FROM claims GROUP BY group_key HAVING COUNT(DISTINCT nature) = 1
),
placed_claims AS (
    SELECT c.*, a.n, ROW_NUMBER() OVER (PARTITION BY c.group_key ORDER BY c.near_from_on, c.claim_id) AS place
    FROM claims AS c
    INNER JOIN alike AS a ON a.group_key = c.group_key
    WHERE c.group_key NOT IN (SELECT u.group_key FROM unsure AS u)
),
placed_debits AS (
    SELECT
        d.*, COUNT(*) OVER (PARTITION BY d.group_key) AS n,
        ROW_NUMBER() OVER (PARTITION BY d.group_key ORDER BY d.value_on, d.bank_line_id) AS place
    FROM debits AS d
),
pairs AS (
    SELECT
        c.claim_id, d.bank_line_id, d.value_on, c.claim_yuan, c.n,
        COUNT(p.claim_id) OVER (PARTITION BY c.group_key) AS pairs_that_fit
    FROM placed_claims AS c
    INNER JOIN placed_debits AS d ON d.group_key = c.group_key AND d.n = c.n AND d.place = c.place
    LEFT JOIN open_pairs AS p ON p.claim_id = c.claim_id AND p.bank_line_id = d.bank_line_id
),
chosen AS (
    SELECT * FROM pairs WHERE pairs_that_fit = n
)
SELECT c.claim_id, c.bank_line_id, c.value_on, c.claim_yuan, c.n AS candidate_count
FROM chosen AS c
WHERE NOT EXISTS (
    SELECT 1 FROM matched.claim_rivals AS r
    INNER JOIN chosen AS o ON o.claim_id = r.rival_id
    WHERE r.claim_id = c.claim_id AND r.rival_level_no < r.level_no
)
ORDER BY c.claim_id
