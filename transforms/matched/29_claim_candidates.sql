-- Debits that may pay a supplier or an enterprise that was visited, alone and to the fen.
-- Grain: one row per claim and debit of its unit and sum. strength: 0 a number in the memo and the payee, 1 the number,
-- 2 the payee's account, 3 his name. The day: of payment or visit, within the window; else of acceptance, before or
-- after; without either the budget year or the next. A number needs no day; without the payee it is none where the memo
-- names a list.
-- Reads: matched.claims, matched.claim_links, matched.claim_payees, matched.batch_totals, facts.bank_lines,
-- facts.accounts, matched.set_aside, matched.allotments_out, matched.reimbursing_transfers, matched.advances,
-- matched.clawbacks, matched.quota_notices, matched.line_words, matched.windows.
WITH taken AS (
    SELECT bank_line_id FROM matched.set_aside
    UNION SELECT bank_line_id FROM matched.allotments_out
    UNION SELECT bank_line_id FROM matched.reimbursing_transfers
    UNION SELECT bank_line_id FROM matched.advances
    UNION SELECT bank_line_id FROM matched.clawbacks
    UNION SELECT bank_line_id FROM matched.quota_notices
    UNION SELECT bank_line_id FROM matched.line_words WHERE purpose IN ('cash', 'fee')
),
pairs AS (
    SELECT
        c.*, b.bank_line_id, b.account_key, b.value_on,
        CASE
            WHEN k.claim_id IS NOT NULL AND p.payee_name IS NOT NULL THEN 0
            WHEN k.claim_id IS NOT NULL THEN 1
            WHEN p.is_by_name THEN 3
            ELSE 2
        END AS strength,
        CASE
            WHEN c.near_from_on IS NULL THEN 1000
            WHEN b.value_on < c.near_from_on THEN DATE_DIFF('day', b.value_on, c.near_from_on)
            WHEN b.value_on > c.near_to_on THEN DATE_DIFF('day', c.near_to_on, b.value_on)
            ELSE 0
        END AS days_apart
    FROM matched.claims AS c
    INNER JOIN facts.bank_lines AS b
        ON b.unit_code = c.unit_code AND b.direction = 'out' AND b.amount_yuan = c.claim_yuan
    LEFT JOIN matched.claim_links AS k ON k.bank_line_id = b.bank_line_id AND k.claim_id = c.claim_id
    LEFT JOIN matched.claim_payees AS p ON p.bank_line_id = b.bank_line_id AND p.payee_name = c.payee_name
    WHERE (
            p.payee_name IS NOT NULL
            OR (k.claim_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM matched.batch_totals AS t
                WHERE t.unit_code = b.unit_code AND t.batch_no <> '' AND STRPOS(b.memo, t.batch_no) > 0
            ))
        )
        AND NOT EXISTS (SELECT 1 FROM taken AS x WHERE x.bank_line_id = b.bank_line_id)
        AND NOT EXISTS (
            SELECT 1 FROM facts.accounts AS a WHERE a.account_key = b.counterparty_key AND a.unit_code = b.unit_code
        )
)
SELECT
    p.claim_id, p.bank_line_id, p.level_no, p.unit_code, p.payee_name, p.claim_yuan, p.near_from_on, p.nature,
    p.account_key, p.value_on, p.strength, p.days_apart
FROM pairs AS p
CROSS JOIN matched.windows AS w
WHERE p.strength <= 1
    OR p.days_apart <= CASE WHEN p.is_due THEN w.purchase_days ELSE w.delivery_days END
    OR (p.days_apart = 1000 AND EXTRACT(YEAR FROM p.value_on) BETWEEN p.first_year AND p.last_year + 1)
ORDER BY p.claim_id, p.bank_line_id
