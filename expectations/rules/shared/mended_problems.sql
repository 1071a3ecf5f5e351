-- Problems of reading that a newer file of the same sender has mended, and which file that was.
-- Grain: one row per problem. A problem of a row is mended when the row was replaced (facts.supersessions: by its batch,
-- notice, case file or key, or as a returned row), or when everything else of its file was replaced by whole files. A problem
-- of a whole file or sheet is mended when all its rows were so replaced, when a readable file came later under the same name,
-- or when a returned workbook's sheet of that name was read without it. Statement lines and payout results add up and replace
-- nothing: under the same name comes next month's file, not a better one.
-- Reads: validated.problems, validated.versions, facts.receipts, received.returned, received.returned_sheets,
-- facts.supersessions, facts.standing.
WITH problems AS (
    SELECT
        p.problem_id, p.row_id, p.receipt_id, p.rule_id, p.sheet, COALESCE(p.field, '') AS field, r.sender, r.source_file,
        r.ingest_no, COALESCE(t.context_file, r.source_file) AS context_file
    FROM validated.problems AS p
    INNER JOIN facts.receipts AS r ON r.receipt_id = p.receipt_id
    LEFT JOIN received.returned AS t ON t.receipt_id = p.receipt_id
),
replaced_files AS (
    SELECT v.receipt_id, MIN(s.superseded_by) AS superseded_by
    FROM facts.supersessions AS s
    INNER JOIN validated.versions AS v ON v.row_id = s.row_id
    WHERE NOT s.is_by_token AND NOT EXISTS (SELECT 1 FROM facts.standing AS t WHERE t.receipt_id = v.receipt_id)
    GROUP BY v.receipt_id
),
returned_sheets AS (
    SELECT t.receipt_id, r.sender, r.ingest_no, t.context_file, s.sheet, s.base_sheet
    FROM received.returned AS t
    INNER JOIN facts.receipts AS r ON r.receipt_id = t.receipt_id
    INNER JOIN received.returned_sheets AS s ON s.receipt_id = t.receipt_id
),
mended AS (
    SELECT p.problem_id, s.superseded_by AS mended_by, 1 AS evidence, 0 AS age
    FROM problems AS p
    INNER JOIN facts.supersessions AS s ON s.row_id = p.row_id
    UNION ALL
    SELECT p.problem_id, f.superseded_by, 2, 0
    FROM problems AS p
    INNER JOIN replaced_files AS f ON f.receipt_id = p.receipt_id
    UNION ALL
    SELECT p.problem_id, n.receipt_id, 3, -n.ingest_no
    FROM problems AS p
    INNER JOIN facts.receipts AS n
        ON n.sender = p.sender AND n.source_file = p.source_file AND n.ingest_no > p.ingest_no AND n.state = 'accepted'
    WHERE p.row_id IS NULL
    UNION ALL
    SELECT p.problem_id, a.receipt_id, 4, -a.ingest_no
    FROM problems AS p
    INNER JOIN returned_sheets AS a
        ON a.sender = p.sender AND a.context_file = p.context_file AND a.ingest_no >= p.ingest_no
        AND a.receipt_id <> p.receipt_id AND a.base_sheet = p.sheet
    WHERE p.row_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM problems AS q
        WHERE q.receipt_id = a.receipt_id AND q.row_id IS NULL AND q.sheet = a.sheet AND q.rule_id = p.rule_id
            AND q.field = p.field
    )
),
ranked AS (
    SELECT
        m.problem_id, m.mended_by,
        ROW_NUMBER() OVER (PARTITION BY m.problem_id ORDER BY m.evidence, m.age, m.mended_by) AS nth
    FROM mended AS m
)
SELECT problem_id, mended_by
FROM ranked
WHERE nth = 1
ORDER BY problem_id
