-- Groups that come to the very sum, where there is one such group only.
-- Grain: one row per question and part of its answer: bank_line_id and what it answers (a list's batch_key, an arrival's
-- row_id or a claim_id). share_yuan: what this line and this list or arrival have in common. All parts of a question are found, or none: of two
-- groups with the sum, and of answers that need the same part, nobody can say which is meant. Only groups of a bounded number
-- of candidates are searched (match.sum_items).
-- Reads: matched.sum_questions, matched.claim_questions, matched.windows.
WITH RECURSIVE small AS (
    SELECT q.*
    FROM (SELECT * FROM matched.sum_questions UNION ALL SELECT * FROM matched.claim_questions) AS q
    CROSS JOIN matched.windows AS w
    WHERE q.item_count BETWEEN 2 AND w.sum_item_count
),
groups AS (
    SELECT question, item_no, asked_yuan, item_yuan AS sum_yuan, 1 AS size, CONCAT('|', item_no, '|') AS places
    FROM small
    UNION ALL
    SELECT g.question, s.item_no, g.asked_yuan, CAST(g.sum_yuan + s.item_yuan AS DECIMAL(18, 2)), g.size + 1,
        CONCAT(g.places, s.item_no, '|')
    FROM groups AS g
    INNER JOIN small AS s ON s.question = g.question AND s.item_no > g.item_no AND g.sum_yuan + s.item_yuan <= g.asked_yuan
),
fitting AS (
    SELECT question, places, size, COUNT(*) OVER (PARTITION BY question) AS group_count
    FROM groups
    WHERE sum_yuan = asked_yuan AND size > 1
),
possible AS ( -- all parts of all groups with the sum
    SELECT
        s.pass, s.question, s.is_line, s.asked_id, s.item_id, s.item_yuan AS share_yuan, f.size, f.group_count,
        CASE WHEN s.is_line THEN s.asked_id ELSE s.item_id END AS bank_line_id,
        CASE WHEN s.is_line THEN s.item_id ELSE s.asked_id END AS answered_id
    FROM fitting AS f
    INNER JOIN small AS s ON s.question = f.question AND STRPOS(f.places, CONCAT('|', s.item_no, '|')) > 0
),
parts AS (
    SELECT * FROM possible WHERE group_count = 1
),
contested AS ( -- a part that two answers may need; what is asked twice, on two accounts
    SELECT bank_line_id AS part_id FROM possible GROUP BY bank_line_id HAVING COUNT(DISTINCT question) > 1
    UNION
    SELECT answered_id FROM possible GROUP BY answered_id HAVING COUNT(DISTINCT question) > 1
)
SELECT p.pass, p.question, p.bank_line_id, p.answered_id, p.share_yuan, p.size AS candidate_count
FROM parts AS p
WHERE NOT EXISTS (
    SELECT 1 FROM parts AS o
    INNER JOIN contested AS c ON c.part_id IN (o.bank_line_id, o.answered_id)
    WHERE o.question = p.question
)
ORDER BY p.question, p.bank_line_id, p.answered_id
