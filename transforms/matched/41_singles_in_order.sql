-- M40: as many lines as debits, alike in all that counts: paired by date.
-- Grain: one row per payment. Holds where every pair so made lies in the window. A debit that is known by a name only, and
-- so may go to either of two namesakes, is paired with nobody here.
-- Reads: matched.single_candidates.
WITH payments AS (
    SELECT DISTINCT payment_id, unit_code, card_key, amount_yuan, pay_on, nature FROM matched.single_candidates
),
debits AS (
    SELECT DISTINCT bank_line_id, unit_code, card_key, amount_yuan, value_on, account_key FROM matched.single_candidates
),
namesakes AS (
    SELECT bank_line_id FROM debits GROUP BY bank_line_id HAVING COUNT(*) > 1
),
alike AS (
    SELECT unit_code, card_key, amount_yuan, COUNT(*) AS n
    FROM payments
    GROUP BY unit_code, card_key, amount_yuan
    HAVING COUNT(DISTINCT nature) = 1
),
debit_counts AS (
    SELECT unit_code, card_key, amount_yuan, COUNT(*) AS n
    FROM debits
    GROUP BY unit_code, card_key, amount_yuan
    HAVING COUNT(DISTINCT account_key) = 1
        AND MAX(CASE WHEN bank_line_id IN (SELECT n.bank_line_id FROM namesakes AS n) THEN 1 ELSE 0 END) = 0
),
even AS (
    SELECT a.unit_code, a.card_key, a.amount_yuan, a.n
    FROM alike AS a
    INNER JOIN debit_counts AS d
        ON d.unit_code = a.unit_code AND d.card_key = a.card_key AND d.amount_yuan = a.amount_yuan AND d.n = a.n
),
numbered_payments AS (
    SELECT
        p.*, e.n AS group_size,
        ROW_NUMBER() OVER (PARTITION BY p.unit_code, p.card_key, p.amount_yuan ORDER BY p.pay_on, p.payment_id) AS place
    FROM payments AS p
    INNER JOIN even AS e ON e.unit_code = p.unit_code AND e.card_key = p.card_key AND e.amount_yuan = p.amount_yuan
),
numbered_debits AS (
    SELECT
        d.*,
        ROW_NUMBER() OVER (PARTITION BY d.unit_code, d.card_key, d.amount_yuan ORDER BY d.value_on, d.bank_line_id) AS place
    FROM debits AS d
),
pairs AS (
    SELECT
        p.payment_id, d.bank_line_id, p.amount_yuan, d.value_on, p.group_size AS candidate_count,
        COUNT(c.payment_id) OVER (PARTITION BY p.unit_code, p.card_key, p.amount_yuan) AS pairs_in_window
    FROM numbered_payments AS p
    INNER JOIN numbered_debits AS d
        ON d.unit_code = p.unit_code AND d.card_key = p.card_key AND d.amount_yuan = p.amount_yuan AND d.place = p.place
    LEFT JOIN matched.single_candidates AS c ON c.payment_id = p.payment_id AND c.bank_line_id = d.bank_line_id
)
SELECT payment_id, bank_line_id, amount_yuan, value_on, candidate_count
FROM pairs
WHERE pairs_in_window = candidate_count
ORDER BY payment_id
