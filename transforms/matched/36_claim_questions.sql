-- What only several together may answer of purchases and collective visits: several debits for one invoice or batch (a
-- deposit and the rest), one debit for several invoices of one payee.
-- Grain: as sum_questions; pass M45. Debits go to the payee or name the purchase. Where some of the possible parts are
-- named by a number, only those are meant; a debit that names another purchase is no part.
-- Reads: matched.claims, matched.claim_candidates, matched.claim_rivals, matched.claims_alone, matched.claim_links,
-- matched.claim_payees, matched.batch_links, facts.bank_lines, matched.set_aside, matched.allotments_out,
-- matched.reimbursing_transfers, matched.advances, matched.clawbacks, matched.quota_notices, matched.line_words,
-- matched.windows.
WITH taken_lines AS (
    SELECT bank_line_id FROM matched.claims_alone
    UNION SELECT bank_line_id FROM matched.batch_links
    UNION SELECT bank_line_id FROM matched.set_aside
    UNION SELECT bank_line_id FROM matched.allotments_out
    UNION SELECT bank_line_id FROM matched.reimbursing_transfers
    UNION SELECT bank_line_id FROM matched.advances
    UNION SELECT bank_line_id FROM matched.clawbacks
    UNION SELECT bank_line_id FROM matched.quota_notices
    UNION SELECT bank_line_id FROM matched.line_words WHERE purpose IN ('cash', 'fee')
),
open_claims AS (
    SELECT c.*
    FROM matched.claims AS c
    WHERE c.claim_id NOT IN (SELECT a.claim_id FROM matched.claims_alone AS a)
        AND NOT EXISTS (
            SELECT 1 FROM matched.claim_rivals AS r
            INNER JOIN matched.claims_alone AS a ON a.claim_id = r.rival_id
            WHERE r.claim_id = c.claim_id
        )
),
doubtful AS ( -- what may pay an open claim alone is no part of a sum: nobody can say which
    SELECT k.bank_line_id
    FROM matched.claim_candidates AS k
    INNER JOIN open_claims AS c ON c.claim_id = k.claim_id
),
pairs AS (
    SELECT
        c.claim_id, c.level_no, c.claim_yuan, c.payee_name, b.bank_line_id, b.amount_yuan, k.claim_id IS NOT NULL AS is_named
    FROM open_claims AS c
    INNER JOIN facts.bank_lines AS b ON b.unit_code = c.unit_code AND b.direction = 'out'
    CROSS JOIN matched.windows AS w
    LEFT JOIN matched.claim_links AS k ON k.bank_line_id = b.bank_line_id AND k.claim_id = c.claim_id
    LEFT JOIN matched.claim_payees AS p ON p.bank_line_id = b.bank_line_id AND p.payee_name = c.payee_name
    WHERE b.bank_line_id NOT IN (SELECT t.bank_line_id FROM taken_lines AS t)
        AND b.bank_line_id NOT IN (SELECT d.bank_line_id FROM doubtful AS d)
        AND (
            k.claim_id IS NOT NULL
            OR (
                p.payee_name IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM matched.claim_links AS o WHERE o.bank_line_id = b.bank_line_id)
                AND COALESCE(
                    DATE_DIFF('day', b.value_on, c.near_from_on) <= w.delivery_days
                        AND DATE_DIFF('day', c.near_to_on, b.value_on) <= w.delivery_days,
                    EXTRACT(YEAR FROM b.value_on) BETWEEN c.first_year AND c.last_year + 1
                )
            )
        )
),
items AS (
    SELECT CONCAT_WS('|', 'M45', 'line', bank_line_id, payee_name) AS question, bank_line_id AS asked_id,
        amount_yuan AS asked_yuan, claim_id AS item_id, claim_yuan AS item_yuan, TRUE AS is_line, is_named
    FROM pairs
    WHERE level_no = 2
    UNION ALL
    SELECT CONCAT_WS('|', 'M45', 'claim', claim_id), claim_id, claim_yuan, bank_line_id, amount_yuan, FALSE, is_named
    FROM pairs
    WHERE level_no >= 2
),
possible AS (
    SELECT i.*, MAX(CASE WHEN i.is_named THEN 1 ELSE 0 END) OVER (PARTITION BY i.question) = 1 AS has_named
    FROM items AS i
    WHERE i.item_yuan > 0 AND i.item_yuan < i.asked_yuan
)
SELECT
    p.question, 'M45' AS pass, p.is_line, p.asked_id, p.asked_yuan, p.item_id, p.item_yuan,
    ROW_NUMBER() OVER (PARTITION BY p.question ORDER BY p.item_yuan DESC, p.item_id) AS item_no,
    COUNT(*) OVER (PARTITION BY p.question) AS item_count
FROM possible AS p
WHERE p.is_named OR NOT p.has_named
ORDER BY p.question, item_no
