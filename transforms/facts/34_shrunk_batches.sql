-- Lists sent again that would drop too much of a batch: more rows or a larger share than policy allows, or any paid row.
-- They are held, the version before them stands, until the finding is waived; then they count like any other.
-- Grain: one row per such version: unit, sender, batch, ingest. subject_key names the version by what it says, so that another
-- list under this number is another question.
-- Reads: facts.list_lines, facts.dropped_lines, facts.typed_rows, facts.confirmations, validated.bank_statements,
-- policy.parameters, run.parameters.
WITH RECURSIVE versions AS (
    SELECT
        sender, scope_key, unit_code, ingest_no, version_no,
        MIN(receipt_id) AS receipt_id, MIN(batch_no) AS batch_no, COUNT(*) AS line_count,
        SUBSTR(SHA256(STRING_AGG(fact_key, '|' ORDER BY fact_key)), 1, 16) AS content
    FROM facts.list_lines
    WHERE version_no IS NOT NULL
    GROUP BY sender, scope_key, unit_code, ingest_no, version_no
),
day AS (
    SELECT
        COALESCE(p.as_of_on, (
            SELECT MAX(b.booked_on)
            FROM validated.bank_statements AS b
            INNER JOIN facts.typed_rows AS t ON t.row_id = b.row_id
        )) AS as_of_on
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
counted AS (
    SELECT sender, scope_key, unit_code, earlier_no, later_no, COUNT(*) AS dropped_count, COUNT_IF(is_paid) AS paid_count
    FROM facts.dropped_lines
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
    SELECT s.*, c.until_on
    FROM shrunk AS s
    LEFT JOIN facts.confirmations AS c ON c.finding_id = s.finding_id
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
