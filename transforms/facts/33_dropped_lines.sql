-- Lines of a list that a later version of it has no longer.
-- Grain: one row per line and later version. A line is still there when at least two of person, name, card and amount agree
-- with a line of that version; of lines that are alike as many as there were. is_paid: a 成功 result, a debit to that card, a
-- debit of the list's sum that names it, or a 发放日期 not after the as-of; what result or debit tell is still there only with
-- the amount that was paid. A line that 处理=删除 has taken out is not missed.
-- Reads: facts.list_lines, facts.typed_rows, facts.row_owners, facts.receipts, validated.payouts, validated.bank_statements,
-- received.answers, run.parameters.
WITH statement_lines AS (
    SELECT o.unit_code, b.booked_on, b.direction, b.amount_yuan, b.counterparty_key, COALESCE(b.memo, '') AS memo
    FROM facts.typed_rows AS t
    INNER JOIN validated.bank_statements AS b ON b.row_id = t.row_id
    LEFT JOIN facts.row_owners AS o ON o.row_id = t.row_id
),
debits AS (
    SELECT * FROM statement_lines WHERE direction = 'out'
),
results AS (
    SELECT p.card_key, p.amount_yuan, p.batch_no
    FROM facts.typed_rows AS t
    INNER JOIN validated.payouts AS p ON p.row_id = t.row_id
    WHERE p.result_status = 'succeeded'
),
day AS (
    SELECT COALESCE(p.as_of_on, (SELECT MAX(b.booked_on) FROM statement_lines AS b)) AS as_of_on
    FROM run.parameters AS p
),
versions AS (
    SELECT sender, scope_key, unit_code, version_no, ingest_no, SUM(amount_yuan) AS total_yuan, MIN(pay_on) AS due_on
    FROM facts.list_lines
    WHERE version_no IS NOT NULL
    GROUP BY sender, scope_key, unit_code, version_no, ingest_no
),
pairs AS (
    SELECT
        e.sender, e.scope_key, e.unit_code, e.version_no AS earlier_no, e.total_yuan, e.due_on,
        l.version_no AS later_no, l.ingest_no AS later_ingest_no
    FROM versions AS e
    INNER JOIN versions AS l
        ON l.sender = e.sender AND l.scope_key = e.scope_key AND l.unit_code = e.unit_code
        AND l.version_no > e.version_no
),
earlier_lines AS (
    SELECT
        p.sender, p.scope_key, p.unit_code, p.earlier_no, p.later_no, p.later_ingest_no,
        x.row_id, x.person_key, x.name_key, x.card_key, x.amount_yuan,
        COALESCE(x.paid_on <= d.as_of_on, FALSE) AS is_said_paid,
        EXISTS (
            SELECT 1 FROM results AS r
            WHERE r.card_key = x.card_key AND r.amount_yuan = x.amount_yuan
                AND COALESCE(r.batch_no, x.batch_no) = x.batch_no
        )
        OR EXISTS (
            SELECT 1 FROM debits AS b
            WHERE b.unit_code = p.unit_code AND b.amount_yuan = x.amount_yuan AND b.counterparty_key = x.card_key
                AND b.booked_on >= p.due_on
        )
        OR EXISTS (
            SELECT 1 FROM debits AS b
            WHERE b.unit_code = p.unit_code AND b.amount_yuan = p.total_yuan AND CONTAINS(b.memo, x.batch_no)
        ) AS is_seen_paid,
        ROW_NUMBER() OVER (
            PARTITION BY p.sender, p.scope_key, p.unit_code, p.earlier_no, p.later_no,
                x.person_key, x.name_key, x.card_key, x.amount_yuan
            ORDER BY x.row_id
        ) AS nth
    FROM pairs AS p
    CROSS JOIN day AS d
    INNER JOIN facts.list_lines AS x
        ON x.sender = p.sender AND x.scope_key = p.scope_key AND x.unit_code = p.unit_code
        AND x.version_no = p.earlier_no
),
deleted AS (
    SELECT DISTINCT a.root_row_id
    FROM received.answers AS a
    INNER JOIN facts.receipts AS r ON r.receipt_id = a.receipt_id
    WHERE a.handling = 'delete'
)
SELECT
    e.row_id, e.sender, e.scope_key, e.unit_code, e.earlier_no, e.later_no, e.is_said_paid OR e.is_seen_paid AS is_paid
FROM earlier_lines AS e
LEFT JOIN facts.list_lines AS n
    ON n.sender = e.sender AND n.scope_key = e.scope_key AND n.ingest_no = e.later_ingest_no
    AND (n.amount_yuan = e.amount_yuan OR NOT e.is_seen_paid)
    AND CASE WHEN n.person_key = e.person_key THEN 1 ELSE 0 END
    + CASE WHEN n.name_key = e.name_key THEN 1 ELSE 0 END
    + CASE WHEN n.card_key = e.card_key THEN 1 ELSE 0 END
    + CASE WHEN n.amount_yuan = e.amount_yuan THEN 1 ELSE 0 END >= 2
LEFT JOIN deleted AS a ON a.root_row_id = e.row_id
WHERE a.root_row_id IS NULL
GROUP BY e.row_id, e.sender, e.scope_key, e.unit_code, e.earlier_no, e.later_no, e.is_said_paid, e.is_seen_paid, e.nth
HAVING COUNT(n.row_id) < e.nth
ORDER BY e.row_id, e.later_no
