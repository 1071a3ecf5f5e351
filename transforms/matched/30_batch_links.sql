-- Debits whose memo names a payment list, by its own or by the bank's batch number.
-- Grain: one row per bank line and batch. Where one number is part of another, the longer one is meant. What was paid in
-- advance and reimbursed is linked already (M64, M65). A memo is looked at once, however often it occurs, and only beside the
-- numbers whose last signs it shows (all of them, of a short number): every number in every memo would be work without end.
-- Reads: matched.batch_totals, facts.bank_lines, matched.set_aside, matched.allotments_out, matched.clawbacks,
-- matched.reimbursements, matched.advances, matched.claims_alone.
WITH RECURSIVE places AS (
    SELECT 1 AS place, MAX(LENGTH(memo)) AS last_place FROM facts.bank_lines WHERE direction = 'out'
    UNION ALL
    SELECT place + 1, last_place FROM places WHERE place < last_place
),
numbers AS (
    SELECT unit_code, batch_key, batch_no AS named_no FROM matched.batch_totals
    UNION
    SELECT unit_code, batch_key, bank_batch_no FROM matched.batch_totals WHERE bank_batch_no IS NOT NULL
),
tails AS (
    SELECT n.*, SUBSTR(n.named_no, GREATEST(LENGTH(n.named_no) - 3, 1), 4) AS tail
    FROM numbers AS n
    WHERE n.named_no <> ''
),
lengths AS (
    SELECT DISTINCT LENGTH(tail) AS tail_length FROM tails
),
memos AS (
    SELECT DISTINCT unit_code, memo FROM facts.bank_lines WHERE direction = 'out' AND memo <> ''
),
shown AS (
    SELECT DISTINCT m.unit_code, m.memo, SUBSTR(m.memo, p.place, l.tail_length) AS tail
    FROM memos AS m
    INNER JOIN places AS p ON p.place <= LENGTH(m.memo)
    CROSS JOIN lengths AS l
    WHERE p.place + l.tail_length - 1 <= LENGTH(m.memo)
),
named AS (
    SELECT DISTINCT s.unit_code, s.memo, t.batch_key, t.named_no
    FROM shown AS s
    INNER JOIN tails AS t ON t.unit_code = s.unit_code AND t.tail = s.tail
    WHERE STRPOS(s.memo, t.named_no) > 0
),
meant AS (
    SELECT DISTINCT n.unit_code, n.memo, n.batch_key
    FROM named AS n
    WHERE NOT EXISTS (
        SELECT 1 FROM named AS longer
        WHERE longer.unit_code = n.unit_code AND longer.memo = n.memo AND longer.batch_key <> n.batch_key
            AND LENGTH(longer.named_no) > LENGTH(n.named_no) AND STRPOS(longer.named_no, n.named_no) > 0
    )
)
SELECT b.bank_line_id, m.batch_key, b.amount_yuan, b.value_on
FROM meant AS m
INNER JOIN facts.bank_lines AS b ON b.unit_code = m.unit_code AND b.memo = m.memo AND b.direction = 'out'
WHERE NOT EXISTS (SELECT 1 FROM matched.set_aside AS x WHERE x.bank_line_id = b.bank_line_id)
    AND NOT EXISTS (SELECT 1 FROM matched.allotments_out AS o WHERE o.bank_line_id = b.bank_line_id)
    AND NOT EXISTS (SELECT 1 FROM matched.clawbacks AS c WHERE c.bank_line_id = b.bank_line_id)
    AND NOT EXISTS (SELECT 1 FROM matched.advances AS v WHERE v.bank_line_id = b.bank_line_id)
    AND NOT EXISTS (SELECT 1 FROM matched.claims_alone AS c WHERE c.bank_line_id = b.bank_line_id)
    AND NOT EXISTS (
        SELECT 1 FROM matched.reimbursements AS r WHERE r.bank_line_id = b.bank_line_id OR r.batch_key = m.batch_key
    )
ORDER BY b.bank_line_id, m.batch_key
