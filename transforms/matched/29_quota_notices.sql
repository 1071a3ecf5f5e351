-- M11 额度: what a 零余额账户 was told that it may spend, or may no longer. A notice is no money; it meets the arrival that states it.
-- Grain: one row per arrival of a quota (授权支付额度, 额度恢复; 额度注销 as its opposite) and the line that tells it: same unit and
-- amount, the nearest within the window; equally near ones are paired by date, unless one line may tell of two sources.
-- Reads: facts.arrivals, policy.arrival_modes, facts.bank_lines, matched.line_words, matched.set_aside,
-- matched.windows.
WITH notices AS (
    SELECT b.*
    FROM facts.bank_lines AS b
    INNER JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'quota'
),
candidates AS (
    SELECT
        a.row_id, a.fund_source, a.received_on, b.bank_line_id, b.value_on, b.amount_yuan,
        CASE WHEN STRPOS(b.memo, a.quota_no) > 0 THEN 0 ELSE 1 END AS evidence_rank,
        ABS(DATE_DIFF('day', a.received_on, b.value_on)) AS days_apart
    FROM facts.arrivals AS a
    INNER JOIN policy.arrival_modes AS m ON m.arrival_mode = a.arrival_mode AND NOT m.needs_credit
    INNER JOIN notices AS b
        ON b.unit_code = a.unit_code AND b.amount_yuan = ABS(a.amount_yuan)
        AND b.direction = CASE WHEN m.sign * a.amount_yuan < 0 THEN 'out' ELSE 'in' END
    CROSS JOIN matched.windows AS w
    WHERE ABS(DATE_DIFF('day', a.received_on, b.value_on)) <= w.receipt_days
        AND NOT EXISTS (SELECT 1 FROM matched.set_aside AS x WHERE x.bank_line_id = b.bank_line_id)
),
ranked AS (
    SELECT
        c.*,
        COUNT(*) OVER (PARTITION BY c.row_id) AS candidate_count,
        RANK() OVER (PARTITION BY c.row_id ORDER BY c.evidence_rank, c.days_apart) AS line_rank,
        RANK() OVER (PARTITION BY c.bank_line_id ORDER BY c.evidence_rank, c.days_apart) AS arrival_rank
    FROM candidates AS c
),
mutual AS (
    SELECT
        r.*,
        ROW_NUMBER() OVER (PARTITION BY r.bank_line_id ORDER BY r.received_on, r.row_id) AS arrival_no,
        ROW_NUMBER() OVER (PARTITION BY r.row_id ORDER BY r.value_on, r.bank_line_id) AS line_no,
        MIN(r.fund_source) OVER (PARTITION BY r.bank_line_id) = MAX(r.fund_source) OVER (PARTITION BY r.bank_line_id)
            AS is_one_source,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) = COUNT(*) OVER (PARTITION BY r.row_id)
            AND MIN(r.value_on) OVER (PARTITION BY r.row_id) = MAX(r.value_on) OVER (PARTITION BY r.row_id) AS is_one_day
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.arrival_rank = 1
)
SELECT row_id, bank_line_id, amount_yuan, fund_source, candidate_count
FROM mutual
WHERE arrival_no = line_no AND (is_one_source OR is_one_day)
ORDER BY row_id
