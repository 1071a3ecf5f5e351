-- Lists sent again that would drop too much of a batch: more rows or a larger share than policy allows, or any paid row.
-- They are held, the version before them stands, until the finding is waived; then they count like any other.
-- Grain: one row per such version: unit, sender, batch, ingest. An old row is still there when at least two of person, name,
-- card and amount agree with a row of the new version. paid: a 成功 result, or a 发放日期 not after the as-of. subject_key
-- names the version by what it says, so that another list under this number is another question.
-- Reads: facts.typed_rows, facts.row_owners, validated.rosters, validated.payouts, validated.bank_statements,
-- received.answers, policy.parameters, run.parameters, decisions.bindings.
WITH RECURSIVE lines AS (
    SELECT
        t.row_id, t.sender, t.scope_key, t.ingest_no, t.receipt_id, t.fact_key, o.unit_code,
        v.person_key, v.name_key, v.card_key, v.amount_yuan, v.paid_on, v.batch_no
    FROM facts.typed_rows AS t
    INNER JOIN validated.rosters AS v ON v.row_id = t.row_id
    LEFT JOIN facts.row_owners AS o ON o.row_id = t.row_id
    WHERE NOT t.is_returned
),
versions AS (
    SELECT
        sender, scope_key, unit_code, ingest_no,
        MIN(receipt_id) AS receipt_id, MIN(batch_no) AS batch_no, COUNT(*) AS line_count,
        SUBSTR(SHA256(STRING_AGG(fact_key, '|' ORDER BY fact_key)), 1, 16) AS content,
        ROW_NUMBER() OVER (PARTITION BY sender, scope_key, unit_code ORDER BY ingest_no) AS version_no
    FROM lines
    WHERE unit_code IS NOT NULL
    GROUP BY sender, scope_key, unit_code, ingest_no
),
day AS (
    SELECT COALESCE(p.as_of_on, (SELECT MAX(b.booked_on) FROM validated.bank_statements AS b)) AS as_of_on
    FROM run.parameters AS p
),
limits AS (
    SELECT
        MAX(CASE WHEN p.parameter = 'rosters.shrunk_rows' THEN p.number END) AS most_rows,
        MAX(CASE WHEN p.parameter = 'rosters.shrunk_share' THEN p.number END) AS most_share
    FROM policy.parameters AS p
    CROSS JOIN day AS d
    WHERE p.applies_from <= COALESCE(d.as_of_on, DATE '9999-12-30')
        AND COALESCE(d.as_of_on, DATE '9999-12-30') < p.applies_to
),
pairs AS (
    SELECT
        e.sender, e.scope_key, e.unit_code, e.version_no AS earlier_no, e.ingest_no AS earlier_ingest_no,
        l.version_no AS later_no, l.ingest_no AS later_ingest_no
    FROM versions AS e
    INNER JOIN versions AS l
        ON l.sender = e.sender AND l.scope_key = e.scope_key AND l.unit_code = e.unit_code
        AND l.version_no > e.version_no
),
dropped AS (
    SELECT
        p.sender, p.scope_key, p.unit_code, p.earlier_no, p.later_no,
        COALESCE(x.paid_on <= d.as_of_on, FALSE) OR EXISTS (
            SELECT 1 FROM validated.payouts AS r
            WHERE r.result_status = 'succeeded' AND r.card_key = x.card_key AND r.amount_yuan = x.amount_yuan
                AND COALESCE(r.batch_no, x.batch_no) = x.batch_no
        ) AS is_paid
    FROM pairs AS p
    CROSS JOIN day AS d
    INNER JOIN lines AS x
        ON x.sender = p.sender AND x.scope_key = p.scope_key AND x.unit_code = p.unit_code
        AND x.ingest_no = p.earlier_ingest_no
    WHERE NOT EXISTS (SELECT 1 FROM received.answers AS a WHERE a.handling = 'delete' AND a.root_row_id = x.row_id)
        AND NOT EXISTS (
            SELECT 1 FROM lines AS n
            WHERE n.sender = p.sender AND n.scope_key = p.scope_key AND n.ingest_no = p.later_ingest_no
                AND CASE WHEN n.person_key = x.person_key THEN 1 ELSE 0 END
                + CASE WHEN n.name_key = x.name_key THEN 1 ELSE 0 END
                + CASE WHEN n.card_key = x.card_key THEN 1 ELSE 0 END
                + CASE WHEN n.amount_yuan = x.amount_yuan THEN 1 ELSE 0 END >= 2
        )
),
counted AS (
    SELECT sender, scope_key, unit_code, earlier_no, later_no, COUNT(*) AS dropped_count, COUNT_IF(is_paid) AS paid_count
    FROM dropped
    GROUP BY sender, scope_key, unit_code, earlier_no, later_no
),
shrunk AS (
    SELECT
        c.*, e.line_count AS earlier_count, l.line_count AS later_count, l.ingest_no, l.receipt_id, l.batch_no,
        CONCAT_WS('|', 'rosters', c.unit_code, c.scope_key, l.content) AS subject_key,
        SUBSTR(SHA256(CONCAT_WS('|', 'S.batch_shrunk', 'rosters', c.unit_code, c.scope_key, l.content, '')), 1, 16)
            AS finding_id
    FROM counted AS c
    CROSS JOIN limits AS m
    INNER JOIN versions AS e
        ON e.sender = c.sender AND e.scope_key = c.scope_key AND e.unit_code = c.unit_code AND e.version_no = c.earlier_no
    INNER JOIN versions AS l
        ON l.sender = c.sender AND l.scope_key = c.scope_key AND l.unit_code = c.unit_code AND l.version_no = c.later_no
    WHERE c.dropped_count > m.most_rows OR c.dropped_count > m.most_share * e.line_count OR c.paid_count > 0
),
decided AS (
    SELECT s.*, b.until_on
    FROM shrunk AS s
    LEFT JOIN (SELECT finding_id, MAX(until_on) AS until_on FROM decisions.bindings GROUP BY finding_id) AS b
        ON b.finding_id = s.finding_id
),
walk AS ( -- from version to version: which of them stands
    SELECT sender, scope_key, unit_code, version_no, version_no AS standing_no
    FROM versions
    WHERE version_no = 1
    UNION ALL
    SELECT
        w.sender, w.scope_key, w.unit_code, v.version_no,
        CASE WHEN d.later_no IS NOT NULL AND d.until_on IS NULL THEN w.standing_no ELSE v.version_no END
    FROM walk AS w
    INNER JOIN versions AS v
        ON v.sender = w.sender AND v.scope_key = w.scope_key AND v.unit_code = w.unit_code
        AND v.version_no = w.version_no + 1
    LEFT JOIN decided AS d
        ON d.sender = v.sender AND d.scope_key = v.scope_key AND d.unit_code = v.unit_code
        AND d.earlier_no = w.standing_no AND d.later_no = v.version_no
)
SELECT
    d.unit_code, d.sender, d.scope_key, d.batch_no, d.ingest_no, d.receipt_id, d.subject_key, d.finding_id,
    d.earlier_count, d.later_count, d.dropped_count, d.paid_count, d.until_on IS NULL AS is_held, d.until_on
FROM decided AS d
INNER JOIN walk AS w
    ON w.sender = d.sender AND w.scope_key = d.scope_key AND w.unit_code = d.unit_code
    AND w.version_no = d.later_no - 1 AND w.standing_no = d.earlier_no
ORDER BY d.unit_code, d.sender, d.scope_key, d.ingest_no
