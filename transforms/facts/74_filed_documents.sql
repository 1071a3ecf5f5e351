-- How each document is filed: as the 资料目录表 says, else as its names say. Lists are joined by 、.
-- Grain: one row per document, received, or only listed (receipt_id is NULL). Of a line that was corrected on the
-- 收件回执 (is_reviewed), what is empty is empty; what another line leaves open is taken from the names. row_id: the line
-- that holds; said_by, doubts: as in received.documents; …_doubts: the numbers between which the names do not decide.
-- Reads: facts.document_owners, facts.document_numbers, facts.catalogued, facts.documents, received.documents,
-- validated.versions.
WITH counted AS (
    SELECT
        receipt_id, field, COUNT(*) AS number_count, MIN(printed) AS printed,
        STRING_AGG(printed, '、' ORDER BY printed) AS every
    FROM facts.document_numbers
    GROUP BY receipt_id, field
),
numbered AS (
    SELECT
        receipt_id,
        MAX(CASE WHEN field = 'batch_nos' AND number_count = 1 THEN printed END) AS batch_nos,
        MAX(CASE WHEN field = 'notice_nos' AND number_count = 1 THEN printed END) AS notice_nos,
        MAX(CASE WHEN field = 'file_nos' AND number_count = 1 THEN printed END) AS file_nos,
        MAX(CASE WHEN field = 'batch_nos' AND number_count > 1 THEN every END) AS batch_doubts,
        MAX(CASE WHEN field = 'notice_nos' AND number_count > 1 THEN every END) AS notice_doubts,
        MAX(CASE WHEN field = 'file_nos' AND number_count > 1 THEN every END) AS file_doubts
    FROM counted
    GROUP BY receipt_id
),
lines AS (
    SELECT v.*, c.receipt_id AS document_receipt_id, c.is_taken, s.stated_unit IS NOT NULL AS says_unit
    FROM facts.documents AS v
    INNER JOIN facts.catalogued AS c ON c.row_id = v.row_id
    INNER JOIN validated.versions AS s ON s.row_id = v.row_id
)
SELECT
    o.receipt_id, o.sha256, o.city_code, w.row_id,
    CASE WHEN w.says_unit OR w.is_reviewed THEN w.unit_code ELSE o.unit_code END AS unit_code,
    COALESCE(w.document_kind, d.document_kind) AS document_kind,
    CASE WHEN w.is_reviewed THEN w.fund_sources ELSE COALESCE(w.fund_sources, d.fund_source) END AS fund_sources,
    CASE WHEN w.is_reviewed THEN w.notice_nos ELSE COALESCE(w.notice_nos, n.notice_nos) END AS notice_nos,
    CASE WHEN w.is_reviewed THEN w.batch_nos ELSE COALESCE(w.batch_nos, n.batch_nos) END AS batch_nos,
    CASE WHEN w.is_reviewed THEN w.file_nos ELSE COALESCE(w.file_nos, n.file_nos) END AS file_nos,
    CASE WHEN w.is_reviewed THEN w.formed_on ELSE COALESCE(w.formed_on, d.formed_on) END AS formed_on,
    d.budget_year, w.keeper, w.storage_place, w.original_or_copy, w.page_count, w.amount_yuan, w.person_count,
    d.said_by, d.doubts, n.batch_doubts, n.notice_doubts, n.file_doubts
FROM facts.document_owners AS o
INNER JOIN received.documents AS d ON d.receipt_id = o.receipt_id
LEFT JOIN numbered AS n ON n.receipt_id = o.receipt_id
LEFT JOIN lines AS w ON w.document_receipt_id = o.receipt_id AND w.is_taken
UNION ALL
SELECT
    CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), city_code, row_id, unit_code, document_kind, fund_sources, notice_nos,
    batch_nos, file_nos, formed_on, CAST(NULL AS INTEGER), keeper, storage_place, original_or_copy, page_count,
    amount_yuan, person_count, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)
FROM lines
WHERE document_receipt_id IS NULL
ORDER BY receipt_id, row_id
