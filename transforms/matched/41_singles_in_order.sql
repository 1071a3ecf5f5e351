-- M40: as many lines as debits: paired by date, where no other pairing fits or every other gives the same figures.
-- Grain: one row per payment. Groups of one unit, payee and amount, cut where no payment is near a debit on the other side (with a
-- line without date: not cut). Holds where every pair so made lies in the window, and the payments of any two neighbours that
-- could change places are alike in source, notice, category and year. (Since the window is one number of days for all, a pairing
-- in which no neighbours can change places is the only one.) A debit that is known by a name only, and so may go to either of
-- two namesakes, is paired with nobody here.
-- A line whose list may be paid as a whole takes no part.
-- Reads: matched.single_candidates, matched.singles_named, matched.payment_lines, matched.list_doubts, matched.windows.
WITH open_pairs AS (
    SELECT c.*
    FROM matched.single_candidates AS c
    INNER JOIN matched.payment_lines AS l ON l.payment_id = c.payment_id
    WHERE c.payment_id NOT IN (SELECT s.payment_id FROM matched.singles_named AS s)
        AND c.bank_line_id NOT IN (SELECT s.bank_line_id FROM matched.singles_named AS s)
        AND NOT EXISTS (SELECT 1 FROM matched.list_doubts AS o WHERE o.batch_key = CONCAT(l.unit_code, '|', l.batch_no))
),
payments AS (
    SELECT DISTINCT payment_id, unit_code, card_key, amount_yuan, pay_on, nature FROM open_pairs
),
debits AS (
    SELECT DISTINCT bank_line_id, unit_code, card_key, amount_yuan, value_on, account_key FROM open_pairs
),
namesakes AS (
    SELECT bank_line_id FROM debits GROUP BY bank_line_id HAVING COUNT(*) > 1
),
items AS (
    SELECT
        payment_id AS item_id, TRUE AS is_payment, unit_code, card_key, amount_yuan, pay_on AS on_day, nature AS likeness,
        FALSE AS has_namesake
    FROM payments
    UNION ALL
    SELECT d.bank_line_id, FALSE, d.unit_code, d.card_key, d.amount_yuan, d.value_on, d.account_key, n.bank_line_id IS NOT NULL
    FROM debits AS d
    LEFT JOIN namesakes AS n ON n.bank_line_id = d.bank_line_id
),
spaced AS (
    SELECT
        i.*,
        MAX(CASE WHEN i.is_payment THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.card_key, i.amount_yuan
            ORDER BY i.on_day, i.is_payment, i.item_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS last_payment_on,
        MAX(CASE WHEN NOT i.is_payment THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.card_key, i.amount_yuan
            ORDER BY i.on_day, i.is_payment, i.item_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS last_debit_on,
        MIN(CASE WHEN i.is_payment THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.card_key, i.amount_yuan
            ORDER BY i.on_day, i.is_payment, i.item_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS next_payment_on,
        MIN(CASE WHEN NOT i.is_payment THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.card_key, i.amount_yuan
            ORDER BY i.on_day, i.is_payment, i.item_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS next_debit_on,
        COUNT(*) OVER (PARTITION BY i.unit_code, i.card_key, i.amount_yuan)
            = COUNT(i.on_day) OVER (PARTITION BY i.unit_code, i.card_key, i.amount_yuan) AS is_dated
    FROM items AS i
),
grouped AS (
    SELECT
        s.*,
        CONCAT_WS('|', s.unit_code, s.card_key, s.amount_yuan, SUM(CASE
            WHEN NOT s.is_dated THEN 0
            WHEN COALESCE(DATE_DIFF('day', s.last_payment_on, s.next_debit_on) <= w.single_days, FALSE) THEN 0
            WHEN COALESCE(DATE_DIFF('day', s.last_debit_on, s.next_payment_on) <= w.single_days, FALSE) THEN 0
            ELSE 1
        END) OVER (
            PARTITION BY s.unit_code, s.card_key, s.amount_yuan ORDER BY s.on_day, s.is_payment, s.item_id
        )) AS group_key
    FROM spaced AS s
    CROSS JOIN matched.windows AS w
),
placed AS (
    SELECT
        g.*,
        ROW_NUMBER() OVER (PARTITION BY g.group_key, g.is_payment ORDER BY g.on_day, g.item_id) AS place,
        COUNT(CASE WHEN g.is_payment THEN 1 END) OVER (PARTITION BY g.group_key) AS payment_count,
        COUNT(CASE WHEN g.is_payment THEN NULL ELSE 1 END) OVER (PARTITION BY g.group_key) AS debit_count,
        MAX(CASE WHEN g.has_namesake THEN 1 ELSE 0 END) OVER (PARTITION BY g.group_key) AS is_unsure
    FROM grouped AS g
),
pairs AS (
    SELECT
        p.group_key, p.place, p.payment_count AS group_size, p.item_id AS payment_id, d.item_id AS bank_line_id,
        p.amount_yuan, d.on_day AS value_on, p.likeness AS nature,
        LEAD(p.item_id) OVER (PARTITION BY p.group_key ORDER BY p.place) AS next_payment_id,
        LEAD(d.item_id) OVER (PARTITION BY p.group_key ORDER BY p.place) AS next_line_id,
        LEAD(p.likeness) OVER (PARTITION BY p.group_key ORDER BY p.place) AS next_nature
    FROM placed AS p
    INNER JOIN placed AS d ON d.group_key = p.group_key AND d.place = p.place AND NOT d.is_payment
    WHERE p.is_payment AND p.payment_count = p.debit_count AND p.is_unsure = 0
),
checked AS (
    SELECT
        p.*,
        SUM(CASE WHEN c.payment_id IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY p.group_key) AS misfit_count,
        SUM(
            CASE
                WHEN o.payment_id IS NULL OR n.payment_id IS NULL THEN 0
                WHEN p.nature = p.next_nature THEN 0
                ELSE 1
            END
        ) OVER (PARTITION BY p.group_key) AS doubt_count
    FROM pairs AS p
    LEFT JOIN open_pairs AS c ON c.payment_id = p.payment_id AND c.bank_line_id = p.bank_line_id
    LEFT JOIN open_pairs AS o ON o.payment_id = p.payment_id AND o.bank_line_id = p.next_line_id
    LEFT JOIN open_pairs AS n ON n.payment_id = p.next_payment_id AND n.bank_line_id = p.bank_line_id
)
SELECT payment_id, bank_line_id, amount_yuan, value_on, group_size AS candidate_count
FROM checked
WHERE misfit_count = 0 AND doubt_count = 0
ORDER BY payment_id
