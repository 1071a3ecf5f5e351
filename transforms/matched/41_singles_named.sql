-- M40 by number: what comes first is the debit that names the list of the line that it pays.
-- Grain: one row per payment. Lines of one list, payee and amount that are alike in source, notice, category and year are
-- paired by date with the debits that name the list, those to the account before those to the name. A debit that may so pay
-- lines of two lists or of two namesakes is not; nor is one of more debits than lines, of two accounts, or a line whose list
-- may be paid as a whole.
-- Reads: matched.single_candidates, matched.payment_lines, matched.list_doubts.
WITH named AS (
    SELECT c.*, CONCAT_WS('|', c.unit_code, l.batch_no, c.card_key, c.amount_yuan, c.evidence_rank) AS group_key
    FROM matched.single_candidates AS c
    INNER JOIN matched.payment_lines AS l ON l.payment_id = c.payment_id
    WHERE c.evidence_rank IN (0, 2)
        AND NOT EXISTS (SELECT 1 FROM matched.list_doubts AS o WHERE o.batch_key = CONCAT(l.unit_code, '|', l.batch_no))
),
strongest AS (
    SELECT n.*
    FROM named AS n
    WHERE n.evidence_rank = 0
        OR n.payment_id NOT IN (SELECT s.payment_id FROM named AS s WHERE s.evidence_rank = 0)
),
shared AS (
    SELECT bank_line_id FROM named GROUP BY bank_line_id HAVING COUNT(DISTINCT group_key) > 1
),
unsure AS (
    SELECT group_key
    FROM strongest
    GROUP BY group_key
    HAVING COUNT(DISTINCT nature) > 1
        OR (COUNT(DISTINCT account_key) > 1 AND COUNT(DISTINCT bank_line_id) > COUNT(DISTINCT payment_id))
    UNION
    SELECT n.group_key FROM strongest AS n INNER JOIN shared AS s ON s.bank_line_id = n.bank_line_id
),
payments AS (
    SELECT
        payment_id, group_key, COUNT(*) OVER (PARTITION BY group_key) AS n,
        ROW_NUMBER() OVER (PARTITION BY group_key ORDER BY pay_on, payment_id) AS place
    FROM (SELECT DISTINCT payment_id, group_key, pay_on FROM strongest) AS p
),
debits AS (
    SELECT bank_line_id, group_key, ROW_NUMBER() OVER (PARTITION BY group_key ORDER BY value_on, bank_line_id) AS place
    FROM (SELECT DISTINCT bank_line_id, group_key, value_on FROM strongest) AS d
)
SELECT c.payment_id, c.bank_line_id, c.amount_yuan, c.value_on, p.n AS candidate_count
FROM payments AS p
INNER JOIN debits AS d ON d.group_key = p.group_key AND d.place = p.place
INNER JOIN strongest AS c ON c.payment_id = p.payment_id AND c.bank_line_id = d.bank_line_id
WHERE p.group_key NOT IN (SELECT u.group_key FROM unsure AS u)
ORDER BY c.payment_id
