-- M40: what is left, by number before by account before by name; nearness decides only between what is alike in every figure.
-- Grain: one row per payment: the nearest on both sides; of equally near ones none is taken. Where one of the debits that may,
-- by equal evidence, pay the line may pay a line to somebody else or of another source, notice, category or year as well, or
-- leaves another account, nobody can say; nor of a line whose list may be paid as a whole. evidence_rank: odd ones name no
-- list.
-- Reads: matched.single_candidates, matched.singles_named, matched.singles_in_order, matched.payment_lines,
-- matched.list_doubts.
WITH settled AS (
    SELECT payment_id, bank_line_id FROM matched.singles_named
    UNION ALL
    SELECT payment_id, bank_line_id FROM matched.singles_in_order
),
left_over AS (
    SELECT c.*
    FROM matched.single_candidates AS c
    INNER JOIN matched.payment_lines AS l ON l.payment_id = c.payment_id
    WHERE c.payment_id NOT IN (SELECT s.payment_id FROM settled AS s)
        AND c.bank_line_id NOT IN (SELECT s.bank_line_id FROM settled AS s)
        AND NOT EXISTS (SELECT 1 FROM matched.list_doubts AS o WHERE o.batch_key = CONCAT(l.unit_code, '|', l.batch_no))
),
weighed AS (
    SELECT
        c.*,
        MIN(CONCAT_WS('|', c.card_key, c.nature)) OVER (PARTITION BY c.bank_line_id, c.evidence_rank)
            <> MAX(CONCAT_WS('|', c.card_key, c.nature)) OVER (PARTITION BY c.bank_line_id, c.evidence_rank) AS is_mixed,
        MIN(c.account_key) OVER (PARTITION BY c.payment_id, c.evidence_rank)
            <> MAX(c.account_key) OVER (PARTITION BY c.payment_id, c.evidence_rank) AS has_accounts
    FROM left_over AS c
),
ranked AS (
    SELECT
        w.*,
        MAX(CASE WHEN w.is_mixed OR w.has_accounts THEN 1 ELSE 0 END) OVER (
            PARTITION BY w.payment_id, w.evidence_rank
        ) AS is_doubtful,
        COUNT(*) OVER (PARTITION BY w.payment_id) AS candidate_count,
        RANK() OVER (PARTITION BY w.payment_id ORDER BY w.evidence_rank % 2, w.evidence_rank, w.days_apart) AS line_rank,
        RANK() OVER (
            PARTITION BY w.bank_line_id ORDER BY w.evidence_rank % 2, w.evidence_rank, w.days_apart
        ) AS payment_rank
    FROM weighed AS w
),
mutual AS (
    SELECT
        r.*,
        COUNT(*) OVER (PARTITION BY r.payment_id) AS lines_alike,
        COUNT(*) OVER (PARTITION BY r.bank_line_id) AS payments_alike
    FROM ranked AS r
    WHERE r.line_rank = 1 AND r.payment_rank = 1
)
SELECT payment_id, bank_line_id, amount_yuan, value_on, candidate_count
FROM mutual
WHERE lines_alike = 1 AND payments_alike = 1 AND is_doubtful = 0
ORDER BY payment_id
