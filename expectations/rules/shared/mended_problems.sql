-- Problems of reading that a newer file of the same sender has mended.
-- Grain: one row per problem. A problem of a row is mended when the row was replaced, when a later file states the same
-- batch, notice, case file or key again, or when everything else of its file was replaced. A problem of a whole file or
-- sheet is mended when all its rows were replaced, or when a readable file came later under the same name. Statement lines
-- and payout results add up and replace nothing: under the same name comes next month's file, not a better one.
-- Reads: validated.problems, validated.versions, received.receipts, facts.supersessions, facts.standing.
WITH problems AS (
    SELECT p.problem_id, p.row_id, p.receipt_id, r.sender, r.source_file, r.ingest_no, v.kind, v.scope_key
    FROM validated.problems AS p
    INNER JOIN received.receipts AS r ON r.receipt_id = p.receipt_id
    LEFT JOIN validated.versions AS v ON v.row_id = p.row_id
),
restated AS (
    SELECT v.kind, r.sender, v.scope_key, MAX(r.ingest_no) AS ingest_no
    FROM validated.versions AS v
    INNER JOIN received.receipts AS r ON r.receipt_id = v.receipt_id
    WHERE v.scope_key IS NOT NULL AND v.kind NOT IN ('bank_statements', 'payouts')
    GROUP BY v.kind, r.sender, v.scope_key
),
replaced_files AS (
    SELECT DISTINCT v.receipt_id
    FROM facts.supersessions AS s
    INNER JOIN validated.versions AS v ON v.row_id = s.row_id
    WHERE NOT EXISTS (SELECT 1 FROM facts.standing AS t WHERE t.receipt_id = v.receipt_id)
),
named_again AS (
    SELECT r.sender, r.source_file, MAX(r.ingest_no) AS ingest_no
    FROM received.receipts AS r
    WHERE r.state = 'accepted'
    GROUP BY r.sender, r.source_file
)
SELECT DISTINCT p.problem_id
FROM problems AS p
LEFT JOIN facts.supersessions AS s ON s.row_id = p.row_id
LEFT JOIN restated AS a ON a.kind = p.kind AND a.sender = p.sender AND a.scope_key = p.scope_key
LEFT JOIN replaced_files AS f ON f.receipt_id = p.receipt_id
LEFT JOIN named_again AS n ON p.row_id IS NULL AND n.sender = p.sender AND n.source_file = p.source_file
WHERE s.row_id IS NOT NULL
    OR a.ingest_no > p.ingest_no
    OR f.receipt_id IS NOT NULL
    OR n.ingest_no > p.ingest_no
