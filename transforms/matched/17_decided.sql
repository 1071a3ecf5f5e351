-- M05: what people decided of bank lines (对账待办), before any pass looks at them: it is taken first. Only what the bank
-- itself took back (冲正) is no payment, whatever was decided.
-- Grain: one row per choice that stands and payment that it names (a list: each of its lines that no result calls 失败;
-- one row without payment where it names none). void_code: why it cannot take effect, NULL where it does; of a line whose
-- choices do not all hold, none does. What a line pays adds up to it: a list by its total or its successes. A newer
-- decision about a payment overrules an older one; two of one moment void each other. is_list: the list was chosen.
-- A credit undoes what was paid: whether it was, is known later (void_decisions).
-- Reads: facts.choices, facts.bank_lines, matched.bank_corrections, matched.payment_lines, matched.line_results,
-- matched.batch_totals.
WITH named AS (
    SELECT
        c.row_id, c.item_id, c.bank_line_id, c.unit_code, c.choice, c.candidate_id, c.ingest_no, c.is_disputed,
        c.list_id IS NOT NULL AS is_list, b.unit_code AS line_unit_code, b.direction, b.amount_yuan AS line_yuan,
        t.batch_key, l.payment_id, COALESCE(l.unit_code, t.unit_code) AS candidate_unit_code, l.is_held,
        COALESCE(r.result_status, '') AS result_status,
        EXISTS (
            SELECT 1 FROM matched.bank_corrections AS k WHERE c.bank_line_id IN (k.bank_line_id, k.corrected_line_id)
        ) AS is_corrected,
        COALESCE(l.amount_yuan, t.success_yuan) AS success_yuan, COALESCE(l.amount_yuan, t.total_yuan) AS total_yuan
    FROM facts.choices AS c
    LEFT JOIN facts.bank_lines AS b ON b.bank_line_id = c.bank_line_id
    LEFT JOIN matched.payment_lines AS l ON l.payment_id = c.payment_id
    LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
    LEFT JOIN matched.batch_totals AS t ON SUBSTR(SHA256(t.batch_key), 1, 16) = c.list_id
    WHERE c.choice <> 'later'
),
summed AS (
    SELECT
        n.*,
        SUM(n.success_yuan) OVER (PARTITION BY n.item_id) AS successes_yuan,
        SUM(n.total_yuan) OVER (PARTITION BY n.item_id) AS totals_yuan
    FROM named AS n
),
judged AS (
    SELECT
        s.*,
        CASE
            WHEN s.is_disputed THEN 'conflict'
            WHEN s.bank_line_id IS NULL THEN 'no_line'
            WHEN s.line_yuan IS NULL THEN 'line_gone'
            WHEN s.line_unit_code <> s.unit_code THEN 'other_unit'
            WHEN s.is_corrected THEN 'corrected'
            WHEN s.choice = 'not_ours' THEN NULL
            WHEN s.candidate_id IS NULL THEN 'no_candidate'
            WHEN s.success_yuan IS NULL THEN 'payment_gone'
            WHEN s.candidate_unit_code <> s.line_unit_code THEN 'other_unit'
            WHEN s.is_held THEN 'held'
            WHEN s.is_list AND s.direction = 'in' THEN 'no_candidate'
            WHEN s.result_status = 'failed' AND s.direction = 'out' THEN 'failed'
            WHEN s.successes_yuan <> s.line_yuan AND s.totals_yuan <> s.line_yuan THEN 'amount'
        END AS own_void
    FROM summed AS s
),
weighed AS (
    SELECT j.*, MIN(j.own_void) OVER (PARTITION BY j.item_id) AS item_void FROM judged AS j
),
exploded AS ( -- a list as its lines
    SELECT w.*, w.payment_id AS paid_id, w.success_yuan AS paid_yuan
    FROM weighed AS w
    WHERE NOT w.is_list OR w.batch_key IS NULL
    UNION ALL
    SELECT w.*, l.payment_id, l.amount_yuan
    FROM weighed AS w
    INNER JOIN matched.payment_lines AS l ON CONCAT(l.unit_code, '|', l.batch_no) = w.batch_key AND NOT l.is_held
    LEFT JOIN matched.line_results AS r ON r.payment_id = l.payment_id
    WHERE w.is_list AND COALESCE(r.result_status, '') <> 'failed'
),
claims AS ( -- choices that hold so far, by the payment that they claim
    SELECT DISTINCT row_id, item_id, direction, paid_id, ingest_no
    FROM exploded
    WHERE item_void IS NULL AND paid_id IS NOT NULL
),
contested AS (
    SELECT c.item_id, MAX(CASE WHEN o.ingest_no > c.ingest_no THEN 1 ELSE 0 END) = 1 AS is_overruled
    FROM claims AS c
    INNER JOIN claims AS o
        ON o.paid_id = c.paid_id AND o.direction = c.direction AND o.row_id <> c.row_id AND o.ingest_no >= c.ingest_no
    GROUP BY c.item_id
)
SELECT
    e.row_id, e.item_id, e.bank_line_id, e.unit_code, e.choice, e.direction, e.is_list, e.batch_key,
    e.paid_id AS payment_id, CAST(e.paid_yuan AS DECIMAL(18, 2)) AS amount_yuan,
    CASE
        WHEN e.item_void IS NOT NULL THEN COALESCE(e.own_void, e.item_void)
        WHEN x.is_overruled THEN 'overruled'
        WHEN x.item_id IS NOT NULL THEN 'conflict'
    END AS void_code
FROM exploded AS e
LEFT JOIN contested AS x ON x.item_id = e.item_id
ORDER BY e.row_id, e.paid_id
