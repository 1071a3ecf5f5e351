-- The certificates: which payments and lists a bank line may have answered, which one it does, and why each other lost.
-- Grain: one row per bank line and payment or list that was looked at. line_rank: among the candidates of the line;
-- payment_rank: among the lines that the payment or list may have been answered by. loss_code, NULL for the chosen:
-- decided (people decided otherwise), stronger (what was taken, or comes first, has more that agrees), nearer (as much
-- agrees, and it is nearer), in_order (all agrees alike; paired by date), taken (either side is settled by something
-- else), amount (the number agrees, the sum does not), equal (nobody can tell them apart), else the miss_code of
-- near_misses.
-- Reads: matched.looked_at, matched.decided, matched.paid, matched.batch_debits, matched.returns, matched.bank_lines,
-- matched.payments, matched.batches.
WITH taken AS (
    SELECT bank_line_id, payment_id, CAST(NULL AS VARCHAR) AS batch_key FROM matched.paid
    UNION ALL
    SELECT bank_line_id, payment_id, NULL FROM matched.returns
    UNION ALL
    SELECT bank_line_id, NULL, batch_key FROM matched.batch_debits
    UNION ALL
    SELECT DISTINCT bank_line_id, NULL, batch_key FROM matched.decided WHERE void_code IS NULL AND is_list
),
decided AS (
    SELECT DISTINCT bank_line_id, direction, payment_id, batch_key FROM matched.decided WHERE void_code IS NULL
),
ranked AS (
    SELECT
        p.*, COALESCE(p.payment_id, p.batch_key) AS other_id, COALESCE(p.days_apart, 1000) AS days,
        t.bank_line_id IS NOT NULL AS is_chosen,
        l.bank_line_id IS NOT NULL OR c.payment_id IS NOT NULL AS is_decided
    FROM matched.looked_at AS p
    LEFT JOIN taken AS t
        ON t.bank_line_id = p.bank_line_id
        AND COALESCE(t.payment_id, t.batch_key) = COALESCE(p.payment_id, p.batch_key)
    LEFT JOIN (SELECT DISTINCT bank_line_id FROM decided) AS l ON l.bank_line_id = p.bank_line_id
    LEFT JOIN (SELECT DISTINCT payment_id, direction FROM decided) AS c
        ON c.payment_id = p.payment_id AND c.direction = p.direction
),
compared AS (
    SELECT
        r.*,
        RANK() OVER (PARTITION BY r.bank_line_id ORDER BY r.strength, r.days) AS line_rank,
        RANK() OVER (PARTITION BY r.other_id, r.direction ORDER BY r.strength, r.days) AS payment_rank,
        MIN(CASE WHEN r.is_chosen THEN r.strength * 10000 + r.days END) OVER (PARTITION BY r.bank_line_id)
            AS line_taken_at,
        MIN(CASE WHEN r.is_chosen THEN r.strength * 10000 + r.days END) OVER (PARTITION BY r.other_id, r.direction)
            AS payment_taken_at,
        MIN(r.strength) OVER (PARTITION BY r.bank_line_id) AS line_best,
        MIN(r.strength) OVER (PARTITION BY r.other_id, r.direction) AS payment_best
    FROM ranked AS r
),
weighed AS (
    SELECT
        c.*,
        COALESCE(LEAST(c.line_taken_at, c.payment_taken_at), c.line_taken_at, c.payment_taken_at) AS taken_at,
        COALESCE(b.classification NOT IN ('unexplained', 'ambiguous'), FALSE)
            OR COALESCE(m.status NOT IN ('unmatched', 'ambiguous') AND c.direction = 'out', FALSE)
            OR COALESCE(m.status <> 'paid' AND c.direction = 'in', FALSE)
            OR COALESCE(t.bank_line_count > 0 OR t.single_count > 0, FALSE) AS is_settled,
        m.batch_no AS payment_batch_no, t.batch_no AS list_batch_no, b.city_code
    FROM compared AS c
    INNER JOIN matched.bank_lines AS b ON b.bank_line_id = c.bank_line_id
    LEFT JOIN matched.payments AS m ON m.payment_id = c.payment_id
    LEFT JOIN matched.batches AS t ON t.batch_key = c.batch_key
)
SELECT
    w.city_code,
    SUBSTR(SHA256(CONCAT_WS('|', w.bank_line_id, w.other_id)), 1, 16) AS pair_id,
    w.bank_line_id, w.unit_code, w.direction, w.payment_id, w.batch_key,
    COALESCE(w.list_batch_no, w.payment_batch_no) AS batch_no,
    CASE WHEN w.is_chosen AND w.is_decided THEN 'M05.decided' ELSE w.rule END AS rule,
    w.is_same_account, w.is_same_name, w.is_same_amount, w.is_number_named,
    CAST(w.days_apart AS INTEGER) AS days_apart,
    CAST(w.line_rank AS INTEGER) AS line_rank,
    CAST(w.payment_rank AS INTEGER) AS payment_rank,
    w.is_chosen,
    CASE
        WHEN w.is_chosen THEN NULL
        WHEN w.is_decided THEN 'decided'
        WHEN w.miss_code IS NOT NULL THEN w.miss_code
        WHEN w.rule = 'M30.batch' AND w.strength = 19 THEN 'amount'
        WHEN w.taken_at < w.strength * 10000 THEN 'stronger'
        WHEN w.taken_at < w.strength * 10000 + w.days THEN 'nearer'
        WHEN w.taken_at = w.strength * 10000 + w.days THEN 'in_order'
        WHEN w.is_settled THEN 'taken'
        WHEN w.line_rank = 1 AND w.payment_rank = 1 THEN 'equal'
        WHEN LEAST(w.line_best, w.payment_best) < w.strength THEN 'stronger'
        ELSE 'nearer'
    END AS loss_code
FROM weighed AS w
ORDER BY w.bank_line_id, w.line_rank, pair_id
