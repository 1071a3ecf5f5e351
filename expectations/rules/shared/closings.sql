-- Findings that stood when the books were last settled and stand no longer. Corrected: a newer file put other values into
-- the finding's row, or into a line of its list. Gone: it closed by itself, because what it missed has come. (What could not
-- be read, and was sent again, is told by shared/mended_problems.sql and is gone from here.)
-- Grain: one row per such finding, with the file that corrected it.
-- Reads: judged.history, judged.findings, facts.supersessions, facts.standing, facts.row_owners, validated.versions,
-- validated.rosters, received.receipts.
WITH latest AS (
    SELECT h.*, ROW_NUMBER() OVER (PARTITION BY h.finding_id ORDER BY h.history_no DESC) AS nth
    FROM judged.history AS h
),
closing AS (
    SELECT l.*
    FROM latest AS l
    LEFT JOIN judged.findings AS f ON f.finding_id = l.finding_id AND f.status IN ('open', 'waived')
    WHERE l.nth = 1 AND l.event = 'raised' AND f.finding_id IS NULL
),
said_now AS (
    SELECT DISTINCT t.kind, t.unit_code, v.fact_key, v.value_hash
    FROM facts.standing AS t
    INNER JOIN validated.versions AS v ON v.row_id = t.row_id
),
changed AS (
    SELECT s.row_id, s.superseded_by, o.unit_code, r.ingest_no
    FROM facts.supersessions AS s
    INNER JOIN validated.versions AS v ON v.row_id = s.row_id
    INNER JOIN facts.row_owners AS o ON o.row_id = s.row_id
    INNER JOIN received.receipts AS r ON r.receipt_id = s.superseded_by
    LEFT JOIN said_now AS n
        ON n.kind = s.kind AND n.unit_code = o.unit_code AND n.fact_key = v.fact_key AND n.value_hash = v.value_hash
    WHERE n.kind IS NULL
),
causes AS (
    SELECT c.finding_id, x.superseded_by
    FROM closing AS c
    INNER JOIN changed AS x ON x.row_id = c.row_id
    UNION ALL
    SELECT c.finding_id, x.superseded_by
    FROM closing AS c
    INNER JOIN validated.rosters AS b ON b.batch_no = c.batch_no
    INNER JOIN changed AS x ON x.row_id = b.row_id AND x.unit_code = c.unit_code AND x.ingest_no > c.ingest_no
),
corrections AS (
    SELECT finding_id, MIN(superseded_by) AS corrected_by
    FROM causes
    GROUP BY finding_id
)
SELECT
    c.finding_id,
    CASE WHEN k.finding_id IS NOT NULL AND f.finding_id IS NULL THEN 'corrected' ELSE 'gone' END AS event,
    CASE WHEN f.finding_id IS NULL THEN k.corrected_by END AS corrected_by
FROM closing AS c
LEFT JOIN corrections AS k ON k.finding_id = c.finding_id
LEFT JOIN judged.findings AS f ON f.finding_id = c.finding_id
ORDER BY c.finding_id
