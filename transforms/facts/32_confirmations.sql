-- Findings about which a decision is bound that nobody has taken back: what lets a list that has shrunk into the books.
-- Taken back: by 撤销 or 不同意 about the same id from the same unit, by 处理=删除, by a correction of its row, or with its file.
-- Grain: one row per such finding; until_on: the last day of the longest decision.
-- Reads: facts.typed_rows, facts.row_owners, facts.receipts, validated.waivers, received.answers, decisions.bindings.
WITH words AS (
    SELECT
        t.row_id, t.root_row_id, t.fact_key, t.ingest_no, o.unit_code, w.decision,
        LEFT(SHA256(CONCAT_WS('|', o.unit_code, t.fact_key, t.value_hash)), 16) AS waiver_id
    FROM facts.typed_rows AS t
    INNER JOIN facts.row_owners AS o ON o.row_id = t.row_id
    INNER JOIN validated.waivers AS w ON w.row_id = t.row_id
)
SELECT b.finding_id, MAX(b.until_on) AS until_on
FROM words AS w
INNER JOIN decisions.bindings AS b ON b.waiver_id = w.waiver_id
WHERE w.decision = 'approved'
    AND NOT EXISTS (
        SELECT 1 FROM words AS n
        WHERE n.unit_code = w.unit_code AND n.fact_key = w.fact_key AND n.decision <> 'approved'
            AND n.ingest_no >= w.ingest_no
    )
    AND NOT EXISTS (
        SELECT 1 FROM words AS n
        WHERE n.root_row_id = COALESCE(w.root_row_id, w.row_id) AND n.row_id <> w.row_id AND n.ingest_no >= w.ingest_no
    )
    AND NOT EXISTS (
        SELECT 1 FROM received.answers AS a
        INNER JOIN facts.receipts AS r ON r.receipt_id = a.receipt_id
        WHERE a.handling = 'delete' AND a.root_row_id = COALESCE(w.root_row_id, w.row_id) AND r.ingest_no >= w.ingest_no
    )
GROUP BY b.finding_id
ORDER BY b.finding_id
