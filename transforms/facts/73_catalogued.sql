-- Which received document a line of a 资料目录表 names: the one in the folder that it states or lies in, else the only
-- one of that name that its unit has sent. An ending (.pdf) may be left out.
-- Grain: one row per line that stands. receipt_id: the document, NULL while there is none or more than one;
-- candidate_count: how many it may name. is_taken: its word holds: the latest moment's, if that says one thing.
-- is_disputed: two lines of the latest moment say different things.
-- Reads: facts.documents, facts.current, facts.receipts, facts.document_owners, facts.units, facts.unit_names.
WITH own AS (
    SELECT unit_code FROM facts.units WHERE is_own
),
placed AS (
    SELECT
        v.row_id, v.unit_code, v.folder, v.path_text, c.ingest_no, r.sender,
        CASE WHEN r.sender = '' THEN own.unit_code ELSE n.unit_code END AS sender_code,
        REGEXP_REPLACE(v.path_text, '^.*/', '') AS name_text,
        REGEXP_REPLACE(
            CASE
                WHEN r.sender <> '' AND STARTS_WITH(v.source_file, CONCAT(r.sender, '/'))
                    THEN SUBSTR(REPLACE(v.source_file, '!', '/'), LENGTH(r.sender) + 2)
                ELSE REPLACE(v.source_file, '!', '/')
            END, '/?[^/]*$', ''
        ) AS table_folder,
        CONCAT_WS(
            '|', v.document_kind, COALESCE(v.fund_sources, ''), COALESCE(v.notice_nos, ''), COALESCE(v.batch_nos, ''),
            COALESCE(v.file_nos, ''), COALESCE(CAST(v.formed_on AS VARCHAR), ''), v.unit_code
        ) AS said
    FROM facts.documents AS v
    INNER JOIN facts.current AS c ON c.row_id = v.row_id
    INNER JOIN facts.receipts AS r ON r.receipt_id = v.receipt_id
    CROSS JOIN own
    LEFT JOIN facts.unit_names AS n ON n.name = r.sender
),
asked AS (
    SELECT p.*, CASE WHEN p.folder = p.table_folder THEN p.name_text ELSE p.path_text END AS asked_text
    FROM placed AS p
),
documents AS (
    SELECT
        receipt_id, sender, sender_code, path_text,
        REGEXP_REPLACE(path_text, '^.*/', '') AS name_text,
        CONCAT('/', LOWER(sender), '/', path_text) AS whole_text
    FROM facts.document_owners
),
named AS (
    SELECT *, 0 AS is_short FROM documents
    UNION ALL
    SELECT
        receipt_id, sender, sender_code, REGEXP_REPLACE(path_text, '\.[^./]*$', ''),
        REGEXP_REPLACE(name_text, '\.[^./]*$', ''), REGEXP_REPLACE(whole_text, '\.[^./]*$', ''), 1
    FROM documents
    WHERE REGEXP_MATCHES(name_text, '\.[^./]*$')
),
candidates AS (
    SELECT
        a.row_id, d.receipt_id,
        CASE WHEN d.path_text = a.path_text THEN 0 WHEN d.path_text = a.asked_text THEN 2 ELSE 4 END
        + d.is_short AS distance
    FROM asked AS a
    INNER JOIN named AS d
        ON d.name_text = a.name_text
        AND (d.sender = a.sender OR d.sender_code = a.sender_code OR d.sender_code = a.unit_code)
    WHERE d.path_text = a.path_text OR ENDS_WITH(d.whole_text, CONCAT('/', a.asked_text))
),
ranked AS (
    SELECT row_id, receipt_id, RANK() OVER (PARTITION BY row_id ORDER BY distance) AS distance_rank FROM candidates
),
found AS (
    SELECT row_id, MIN(receipt_id) AS receipt_id, COUNT(DISTINCT receipt_id) AS candidate_count
    FROM ranked
    WHERE distance_rank = 1
    GROUP BY row_id
),
named_rows AS (
    SELECT
        a.row_id, a.ingest_no, a.said,
        CASE WHEN f.candidate_count = 1 THEN f.receipt_id END AS receipt_id,
        COALESCE(f.candidate_count, 0) AS candidate_count
    FROM asked AS a
    LEFT JOIN found AS f ON f.row_id = a.row_id
),
latest AS (
    SELECT
        *,
        RANK() OVER (PARTITION BY receipt_id ORDER BY ingest_no DESC) AS moment_rank,
        ROW_NUMBER() OVER (PARTITION BY receipt_id ORDER BY ingest_no DESC, row_id) AS word_rank
    FROM named_rows
),
words AS (
    SELECT receipt_id, COUNT(DISTINCT said) AS versions_count
    FROM latest
    WHERE moment_rank = 1
    GROUP BY receipt_id
)
SELECT
    l.row_id, l.receipt_id, l.candidate_count,
    l.receipt_id IS NOT NULL AND l.word_rank = 1 AND w.versions_count = 1 AS is_taken,
    l.receipt_id IS NOT NULL AND l.moment_rank = 1 AND w.versions_count > 1 AS is_disputed
FROM latest AS l
LEFT JOIN words AS w ON w.receipt_id = l.receipt_id
ORDER BY l.row_id
