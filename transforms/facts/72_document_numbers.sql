-- Numbers of batches, notices and case files that stand in the names of a document, among those that the books know of
-- its unit; of what the federation keeps, of any unit. A longer number hides the shorter ones inside it; one that goes
-- on in letters or digits is another number. Bare numbers of less than four digits are too common to tell anything.
-- Grain: one row per document, field and number. field: batch_nos, notice_nos, file_nos.
-- Reads: received.documents, facts.document_owners, facts.rosters, facts.allotments, facts.households, facts.units.
WITH own AS (
    SELECT unit_code FROM facts.units WHERE is_own
),
known AS (
    SELECT unit_code, 'batch_nos' AS field, batch_no AS printed FROM facts.rosters
    UNION
    SELECT unit_code, 'notice_nos', notice_no FROM facts.rosters
    UNION
    SELECT payee_unit_code, 'notice_nos', notice_no FROM facts.allotments
    UNION
    SELECT own.unit_code, 'notice_nos', a.notice_no FROM facts.allotments AS a CROSS JOIN own
    UNION
    SELECT unit_code, 'file_nos', file_no FROM facts.households
),
numbers AS (
    SELECT
        unit_code, field, printed,
        REPLACE(
            REGEXP_REPLACE(REGEXP_REPLACE(LOWER(printed), '\s', '', 'g'), '[〔〕［］\[\]【】()（）《》]', '|', 'g'),
            '|第', '|'
        ) AS spoken
    FROM known
    WHERE printed IS NOT NULL AND REGEXP_MATCHES(printed, '[0-9]')
        AND (LENGTH(printed) > 3 OR (LENGTH(printed) > 1 AND REGEXP_MATCHES(printed, '[^0-9]')))
),
places AS (
    SELECT DISTINCT
        d.receipt_id, n.field, n.printed, n.spoken, d.number_text, STRPOS(d.number_text, n.spoken) AS place
    FROM received.documents AS d
    INNER JOIN facts.document_owners AS o ON o.receipt_id = d.receipt_id
    INNER JOIN numbers AS n
        ON (n.unit_code = o.unit_code OR o.is_anywhere) AND STRPOS(d.number_text, n.spoken) > 0
),
whole AS (
    SELECT receipt_id, field, printed, spoken
    FROM places
    WHERE NOT REGEXP_MATCHES(
        CONCAT(CASE WHEN place > 1 THEN SUBSTR(number_text, place - 1, 1) ELSE ' ' END, SUBSTR(spoken, 1, 1)),
        '^([0-9][0-9]|[a-z][a-z])$'
    )
    AND NOT REGEXP_MATCHES(
        CONCAT(SUBSTR(spoken, LENGTH(spoken), 1), SUBSTR(number_text, place + LENGTH(spoken), 1)),
        '^([0-9][0-9]|[a-z][a-z])$'
    )
)
SELECT w.receipt_id, w.field, w.printed
FROM whole AS w
WHERE NOT EXISTS (
    SELECT 1 FROM whole AS l
    WHERE l.receipt_id = w.receipt_id AND l.field = w.field AND LENGTH(l.spoken) > LENGTH(w.spoken)
        AND STRPOS(l.spoken, w.spoken) > 0
)
ORDER BY w.receipt_id, w.field, w.printed
