-- M50, M52 from a supplier or an enterprise: goods given back, 退款, 退汇.
-- Grain: one row per credit. It comes from the payee, or says that it gives back and names him or the purchase, and it
-- follows a debit of its account to him within the window: the purchase that the memo names before the payment of the
-- very sum, then the latest. Less than a whole payment only with a word that says so; less than the whole purchase only
-- where all of it is of one source and year. Never more than was paid: what goes beyond is left. is_whole: a whole
-- payment came back. Where equally good ones differ in source, year or batch nobody can say which is meant.
-- Reads: facts.bank_lines, matched.line_words, matched.claim_payees, matched.claim_links, matched.claim_debits,
-- matched.claims, matched.set_aside, matched.receipts, matched.sums, matched.allotments_in, matched.clawbacks,
-- matched.returns, matched.refunds, matched.windows.
WITH taken AS (
    SELECT bank_line_id FROM matched.set_aside
    UNION SELECT bank_line_id FROM matched.receipts
    UNION SELECT bank_line_id FROM matched.sums
    UNION SELECT bank_line_id FROM matched.allotments_in
    UNION SELECT bank_line_id FROM matched.clawbacks
    UNION SELECT bank_line_id FROM matched.returns
    UNION SELECT bank_line_id FROM matched.refunds
),
credits AS (
    SELECT
        b.*, EXISTS (
            SELECT 1 FROM matched.line_words AS w
            WHERE w.bank_line_id = b.bank_line_id AND w.purpose IN ('refund', 'return')
        ) AS has_word
    FROM facts.bank_lines AS b
    WHERE b.direction = 'in' AND b.bank_line_id NOT IN (SELECT t.bank_line_id FROM taken AS t)
),
near AS (
    SELECT
        c.bank_line_id, c.amount_yuan, c.value_on AS credited_on, d.claim_id, d.value_on AS paid_on, k.nature,
        c.amount_yuan = d.share_yuan AS is_whole,
        CASE WHEN l.claim_id IS NULL THEN 1 ELSE 0 END AS is_unnamed,
        CASE WHEN c.amount_yuan = d.share_yuan THEN 0 ELSE 1 END AS is_part,
        SUM(d.share_yuan) OVER (PARTITION BY c.bank_line_id, d.claim_id) AS paid_yuan
    FROM credits AS c
    CROSS JOIN matched.windows AS w
    INNER JOIN matched.claim_debits AS d ON d.value_on <= c.value_on
    INNER JOIN facts.bank_lines AS b ON b.bank_line_id = d.bank_line_id AND b.account_key = c.account_key
    INNER JOIN matched.claims AS k ON k.claim_id = d.claim_id
    LEFT JOIN matched.claim_payees AS p ON p.bank_line_id = c.bank_line_id AND p.payee_name = k.payee_name
    LEFT JOIN matched.claim_links AS l ON l.bank_line_id = c.bank_line_id AND l.claim_id = d.claim_id
    WHERE DATE_DIFF('day', d.value_on, c.value_on) <= w.delivery_days
        AND (
            p.payee_name IS NOT NULL
            OR (c.has_word AND (l.claim_id IS NOT NULL OR STRPOS(c.memo, k.payee_name) > 0))
        )
        AND (c.amount_yuan = d.share_yuan OR c.has_word)
        AND (c.amount_yuan = k.claim_yuan OR k.money_count = 1)
),
ranked AS (
    SELECT
        n.*,
        RANK() OVER (PARTITION BY n.bank_line_id ORDER BY n.is_unnamed, n.is_part, n.paid_on DESC) AS best,
        COUNT(*) OVER (PARTITION BY n.bank_line_id) AS candidate_count
    FROM near AS n
    WHERE n.amount_yuan <= n.paid_yuan
),
clear AS (
    SELECT bank_line_id, MIN(claim_id) AS claim_id FROM ranked
    WHERE best = 1
    GROUP BY bank_line_id
    HAVING COUNT(DISTINCT nature) = 1
),
summed AS (
    SELECT
        r.*,
        SUM(r.amount_yuan) OVER (
            PARTITION BY r.claim_id ORDER BY r.credited_on, r.bank_line_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS given_back_yuan
    FROM (
        SELECT bank_line_id, claim_id, MIN(amount_yuan) AS amount_yuan, MIN(credited_on) AS credited_on,
            MIN(paid_yuan) AS paid_yuan, MIN(candidate_count) AS candidate_count, BOOL_OR(is_whole) AS is_whole
        FROM ranked
        WHERE best = 1
        GROUP BY bank_line_id, claim_id
    ) AS r
    INNER JOIN clear AS c ON c.bank_line_id = r.bank_line_id AND c.claim_id = r.claim_id
)
SELECT bank_line_id, claim_id, amount_yuan, credited_on, is_whole, candidate_count
FROM summed
WHERE given_back_yuan <= paid_yuan
ORDER BY bank_line_id
