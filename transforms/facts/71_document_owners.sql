-- Whose a received document is. A county's folder says it; what the federation keeps, or nobody known has sent, is of
-- the unit that its innermost folder is called after, else of the only unit that its names speak of.
-- Grain: one row per received document that counts. sender_code: the unit of the folder that it lies in, the federation
-- for what lies straight in the inbox. unit_code is NULL while nobody knows. is_anywhere: its numbers may be any's.
-- Reads: received.documents, facts.receipts, facts.units, facts.unit_names.
WITH own AS (
    SELECT unit_code FROM facts.units WHERE is_own
),
sent AS (
    SELECT
        d.receipt_id, r.sha256, r.source_file, r.sender, d.city_code, d.path_text, own.unit_code AS own_code,
        CASE WHEN r.sender = '' THEN own.unit_code ELSE n.unit_code END AS sender_code
    FROM received.documents AS d
    INNER JOIN facts.receipts AS r ON r.receipt_id = d.receipt_id
    CROSS JOIN own
    LEFT JOIN facts.unit_names AS n ON n.name = r.sender
),
open AS (
    SELECT receipt_id, path_text, own_code FROM sent WHERE sender_code IS NULL OR sender_code = own_code
),
folders AS (
    SELECT
        o.receipt_id, n.unit_code,
        ROW_NUMBER() OVER (
            PARTITION BY o.receipt_id
            ORDER BY STRPOS(CONCAT('/', o.path_text), CONCAT('/', LOWER(n.name), '/')) DESC, n.unit_code
        ) AS folder_rank
    FROM open AS o
    INNER JOIN facts.unit_names AS n ON STRPOS(CONCAT('/', o.path_text), CONCAT('/', LOWER(n.name), '/')) > 0
),
spoken AS (
    SELECT o.receipt_id, MIN(n.unit_code) AS unit_code
    FROM open AS o
    INNER JOIN facts.unit_names AS n
        ON n.unit_code <> o.own_code AND n.name <> n.unit_code AND STRPOS(o.path_text, LOWER(n.name)) > 0
    GROUP BY o.receipt_id
    HAVING COUNT(DISTINCT n.unit_code) = 1
)
SELECT
    s.receipt_id, s.sha256, s.source_file, s.sender, s.city_code, s.path_text, s.sender_code,
    CASE
        WHEN s.sender_code <> s.own_code THEN s.sender_code
        ELSE COALESCE(f.unit_code, p.unit_code, s.sender_code)
    END AS unit_code,
    COALESCE(s.sender_code = s.own_code, TRUE) AS is_anywhere
FROM sent AS s
LEFT JOIN folders AS f ON f.receipt_id = s.receipt_id AND f.folder_rank = 1
LEFT JOIN spoken AS p ON p.receipt_id = s.receipt_id
ORDER BY s.receipt_id
