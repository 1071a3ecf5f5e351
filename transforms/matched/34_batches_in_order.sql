-- M30 by amount: as many lists as debits, paired by date.
-- Grain: one row per batch. Groups of one unit and amount, cut where no list is near a debit on the other side. Holds where
-- every pair so made lies in the window, and any two neighbours that could change places are alike in source, notice,
-- category and year (with lists over several days or without any: all of the group are, and in account).
-- Reads: matched.batch_candidates, matched.batch_totals, matched.windows.
WITH items AS (
    SELECT DISTINCT
        c.batch_key AS item_id, TRUE AS is_list, c.unit_code, c.amount_yuan, c.first_pay_on AS on_day, c.nature AS likeness,
        t.first_pay_on IS NULL OR t.first_pay_on <> t.last_pay_on AS has_no_day
    FROM matched.batch_candidates AS c
    INNER JOIN matched.batch_totals AS t ON t.batch_key = c.batch_key
    UNION ALL
    SELECT DISTINCT bank_line_id, FALSE, unit_code, amount_yuan, value_on, account_key, FALSE FROM matched.batch_candidates
),
spaced AS (
    SELECT
        i.*,
        MAX(CASE WHEN i.is_list THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.amount_yuan ORDER BY i.on_day, i.is_list, i.item_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS last_list_on,
        MAX(CASE WHEN NOT i.is_list THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.amount_yuan ORDER BY i.on_day, i.is_list, i.item_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS last_debit_on,
        MIN(CASE WHEN i.is_list THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.amount_yuan ORDER BY i.on_day, i.is_list, i.item_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS next_list_on,
        MIN(CASE WHEN NOT i.is_list THEN i.on_day END) OVER (
            PARTITION BY i.unit_code, i.amount_yuan ORDER BY i.on_day, i.is_list, i.item_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS next_debit_on,
        MAX(CASE WHEN i.has_no_day THEN 1 ELSE 0 END) OVER (PARTITION BY i.unit_code, i.amount_yuan) AS is_whole
    FROM items AS i
),
grouped AS (
    SELECT
        s.*,
        CONCAT_WS('|', s.unit_code, s.amount_yuan, SUM(CASE
            WHEN s.is_whole = 1 THEN 0
            WHEN COALESCE(DATE_DIFF('day', s.last_list_on, s.next_debit_on) <= w.batch_days, FALSE) THEN 0
            WHEN COALESCE(DATE_DIFF('day', s.last_debit_on, s.next_list_on) <= w.batch_days, FALSE) THEN 0
            ELSE 1
        END) OVER (PARTITION BY s.unit_code, s.amount_yuan ORDER BY s.on_day, s.is_list, s.item_id)) AS group_key
    FROM spaced AS s
    CROSS JOIN matched.windows AS w
),
placed AS (
    SELECT
        g.*,
        ROW_NUMBER() OVER (PARTITION BY g.group_key, g.is_list ORDER BY g.on_day, g.item_id) AS place,
        COUNT(CASE WHEN g.is_list THEN 1 END) OVER (PARTITION BY g.group_key) AS list_count,
        COUNT(CASE WHEN g.is_list THEN NULL ELSE 1 END) OVER (PARTITION BY g.group_key) AS debit_count,
        MIN(g.likeness) OVER (PARTITION BY g.group_key, g.is_list)
            <> MAX(g.likeness) OVER (PARTITION BY g.group_key, g.is_list) AS is_mixed
    FROM grouped AS g
    WHERE NOT (g.is_list AND g.item_id IN (SELECT x.item_id FROM items AS x GROUP BY x.item_id HAVING COUNT(*) > 1))
),
pairs AS (
    SELECT
        l.group_key, l.is_whole, l.is_mixed OR d.is_mixed AS is_mixed, l.list_count AS group_size, l.item_id AS batch_key,
        d.item_id AS bank_line_id, l.amount_yuan, d.on_day AS value_on, l.likeness AS nature,
        LEAD(l.item_id) OVER (PARTITION BY l.group_key ORDER BY l.place) AS next_batch_key,
        LEAD(d.item_id) OVER (PARTITION BY l.group_key ORDER BY l.place) AS next_line_id,
        LEAD(l.likeness) OVER (PARTITION BY l.group_key ORDER BY l.place) AS next_nature
    FROM placed AS l
    INNER JOIN placed AS d ON d.group_key = l.group_key AND d.place = l.place AND NOT d.is_list
    WHERE l.is_list AND l.list_count = l.debit_count
),
checked AS (
    SELECT
        p.*,
        SUM(CASE
            WHEN c.batch_key IS NULL OR (p.is_whole = 1 AND p.is_mixed) THEN 1
            WHEN o.batch_key IS NULL OR n.batch_key IS NULL THEN 0
            WHEN p.nature = p.next_nature THEN 0
            ELSE 1
        END) OVER (PARTITION BY p.group_key) AS doubt_count
    FROM pairs AS p
    LEFT JOIN matched.batch_candidates AS c ON c.batch_key = p.batch_key AND c.bank_line_id = p.bank_line_id
    LEFT JOIN matched.batch_candidates AS o ON o.batch_key = p.batch_key AND o.bank_line_id = p.next_line_id
    LEFT JOIN matched.batch_candidates AS n ON n.batch_key = p.next_batch_key AND n.bank_line_id = p.bank_line_id
)
SELECT batch_key, bank_line_id, amount_yuan, value_on, group_size AS candidate_count
FROM checked
WHERE doubt_count = 0
ORDER BY batch_key
