-- 资料齐全情况
-- Grain: one row per document and what it is about: each batch and each notice that it serves, in each of their
-- sources; one row for a document that names neither. Present: received; not present: only listed in a 资料目录表. Sources
-- that the document does not state are those of its batch or notice. Kinds that cannot be told are NULL.
-- Reads: facts.filed_documents, facts.rosters, facts.allotments, policy.source_rows.
WITH digits AS (
    SELECT digit FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS d(digit)
),
places AS (
    SELECT 100 * h.digit + 10 * t.digit + d.digit + 1 AS place
    FROM digits AS d
    CROSS JOIN digits AS t
    CROSS JOIN digits AS h
),
documents AS (
    SELECT f.*, COALESCE(f.receipt_id, f.row_id) AS document_id FROM facts.filed_documents AS f
),
batches AS (
    SELECT d.document_id, SPLIT_PART(d.batch_nos, '、', p.place) AS batch_no
    FROM documents AS d
    INNER JOIN places AS p ON p.place <= 1 + LENGTH(d.batch_nos) - LENGTH(REPLACE(d.batch_nos, '、', ''))
),
notices AS (
    SELECT d.document_id, SPLIT_PART(d.notice_nos, '、', p.place) AS notice_no
    FROM documents AS d
    INNER JOIN places AS p ON p.place <= 1 + LENGTH(d.notice_nos) - LENGTH(REPLACE(d.notice_nos, '、', ''))
),
sources AS (
    SELECT DISTINCT d.document_id, s.figure_source AS fund_source
    FROM documents AS d
    INNER JOIN places AS p ON p.place <= 1 + LENGTH(d.fund_sources) - LENGTH(REPLACE(d.fund_sources, '、', ''))
    INNER JOIN policy.source_rows AS s ON s.fund_source = SPLIT_PART(d.fund_sources, '、', p.place)
),
known AS ( -- what the books say of batches and notices
    SELECT DISTINCT r.batch_no, r.notice_no, s.figure_source AS fund_source
    FROM facts.rosters AS r
    INNER JOIN policy.source_rows AS s ON s.fund_source = r.fund_source
),
granted AS (
    SELECT DISTINCT a.notice_no, s.figure_source AS fund_source
    FROM facts.allotments AS a
    INNER JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
),
subjects AS (
    SELECT DISTINCT b.document_id, b.batch_no, k.notice_no, k.fund_source
    FROM batches AS b
    LEFT JOIN known AS k ON k.batch_no = b.batch_no
    UNION
    SELECT n.document_id, CAST(NULL AS VARCHAR), n.notice_no, g.fund_source
    FROM notices AS n
    LEFT JOIN granted AS g ON g.notice_no = n.notice_no
    WHERE NOT EXISTS (
        SELECT 1 FROM batches AS b INNER JOIN known AS k ON k.batch_no = b.batch_no
        WHERE b.document_id = n.document_id AND k.notice_no = n.notice_no
    )
),
both_say AS (
    SELECT u.document_id, u.batch_no, u.notice_no, u.fund_source
    FROM subjects AS u
    INNER JOIN sources AS s ON s.document_id = u.document_id AND s.fund_source = u.fund_source
),
about AS (
    SELECT * FROM both_say
    UNION
    SELECT u.document_id, u.batch_no, u.notice_no, COALESCE(s.fund_source, u.fund_source)
    FROM subjects AS u
    LEFT JOIN sources AS s ON s.document_id = u.document_id
    WHERE NOT EXISTS (
        SELECT 1 FROM both_say AS b
        WHERE b.document_id = u.document_id AND COALESCE(b.batch_no, '') = COALESCE(u.batch_no, '')
            AND COALESCE(b.notice_no, '') = COALESCE(u.notice_no, '')
    )
    UNION
    SELECT d.document_id, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), s.fund_source
    FROM documents AS d
    LEFT JOIN sources AS s ON s.document_id = d.document_id
    WHERE NOT EXISTS (SELECT 1 FROM subjects AS u WHERE u.document_id = d.document_id)
)
SELECT
    d.city_code, a.batch_no, a.notice_no, a.fund_source, d.unit_code, d.document_kind,
    d.receipt_id IS NOT NULL AS is_present, d.sha256, d.keeper
FROM about AS a
INNER JOIN documents AS d ON d.document_id = a.document_id
ORDER BY city_code, unit_code, batch_no, notice_no, fund_source, document_kind, sha256
