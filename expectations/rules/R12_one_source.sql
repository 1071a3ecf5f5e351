-- R12 一个来源: a batch has one source or one undivided pool (.batch); so has a sheet of a list (.sheet, only where each of
-- its batches is pure by itself); a line is of the source that its notice and its account say (.source_differs, not
-- repeated where the batch itself is mixed). Held lines are in no book yet. A member of an undivided pool and the pool do not contradict each other.
-- For .batch and .sheet row_id is the first line, for the file's name only (`address` in the YAML).
-- Reads: matched.payments, matched.bank_lines, matched.allotted, facts.accounts, policy.source_rows, policy.labels.
WITH labels AS (
    SELECT code, MIN(label_zh) AS label_zh
    FROM policy.labels
    WHERE domain = 'fund_source' AND document_set = 'default'
    GROUP BY code
),
lines AS (
    SELECT p.*, COALESCE(l.label_zh, p.figure_source) AS source_zh
    FROM matched.payments AS p
    LEFT JOIN labels AS l ON l.code = p.figure_source
    WHERE p.status <> 'held'
),
batch_sources AS (
    SELECT unit_code, batch_no, figure_source, source_zh, MIN(row_id) AS row_id, COUNT(*) AS line_count
    FROM lines
    GROUP BY unit_code, batch_no, figure_source, source_zh
),
batches AS (
    SELECT
        unit_code, batch_no, COUNT(*) AS source_count, MIN(row_id) AS row_id,
        STRING_AGG(CONCAT(source_zh, CAST(line_count AS VARCHAR), '笔'), '、' ORDER BY figure_source) AS sources_zh
    FROM batch_sources
    GROUP BY unit_code, batch_no
),
sheet_sources AS (
    SELECT
        p.receipt_id, p.sheet, p.figure_source, p.source_zh,
        MIN(p.unit_code) AS unit_code, MIN(p.batch_no) AS batch_no, MIN(p.row_id) AS row_id,
        MAX(b.source_count) AS source_count
    FROM lines AS p
    INNER JOIN batches AS b ON b.unit_code = p.unit_code AND b.batch_no = p.batch_no
    GROUP BY p.receipt_id, p.sheet, p.figure_source, p.source_zh
),
mixed_sheets AS (
    SELECT
        sheet, MIN(unit_code) AS unit_code, MIN(row_id) AS row_id,
        STRING_AGG(batch_no, '+' ORDER BY figure_source) AS batch_nos,
        STRING_AGG(source_zh, '、' ORDER BY figure_source) AS sources_zh
    FROM sheet_sources
    GROUP BY receipt_id, sheet
    HAVING COUNT(*) > 1 AND MAX(source_count) = 1
),
noticed AS (
    SELECT DISTINCT a.notice_no, a.unit_code, a.fund_source AS figure_source,
        COALESCE(l.label_zh, a.fund_source) AS source_zh
    FROM matched.allotted AS a
    LEFT JOIN labels AS l ON l.code = a.fund_source
    WHERE a.notice_no IS NOT NULL
),
notices AS (
    SELECT notice_no, unit_code, STRING_AGG(source_zh, '、' ORDER BY figure_source) AS sources_zh
    FROM noticed
    GROUP BY notice_no, unit_code
),
accounts AS (
    SELECT c.account_key, COALESCE(r.figure_source, c.fund_source) AS figure_source,
        COALESCE(l.label_zh, c.fund_source) AS source_zh
    FROM facts.accounts AS c
    LEFT JOIN policy.source_rows AS r ON r.fund_source = c.fund_source
    LEFT JOIN labels AS l ON l.code = c.fund_source
    WHERE c.fund_source IS NOT NULL
),
differing AS (
    SELECT
        p.unit_code, p.row_id, p.payment_id, p.batch_no, p.notice_no, p.fund_source, p.source_zh,
        CASE WHEN n.notice_no IS NOT NULL AND m.notice_no IS NULL THEN '拨款通知单' ELSE '付款账户' END AS said_by,
        CASE WHEN n.notice_no IS NOT NULL AND m.notice_no IS NULL THEN n.sources_zh ELSE a.source_zh END AS said_zh
    FROM lines AS p
    INNER JOIN batches AS b ON b.unit_code = p.unit_code AND b.batch_no = p.batch_no AND b.source_count = 1
    LEFT JOIN notices AS n ON n.notice_no = p.notice_no AND n.unit_code = p.unit_code
    LEFT JOIN noticed AS m
        ON m.notice_no = p.notice_no AND m.unit_code = p.unit_code AND m.figure_source = p.figure_source
    LEFT JOIN matched.bank_lines AS k ON k.bank_line_id = p.bank_line_id
    LEFT JOIN accounts AS a ON a.account_key = k.account_key
    WHERE (n.notice_no IS NOT NULL AND m.notice_no IS NULL) OR a.figure_source <> p.figure_source
)
SELECT
    'R12.batch' AS rule_id, unit_code, 'rosters' AS kind, row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', 'batch', unit_code, batch_no) AS subject_key,
    batch_no, CAST(NULL AS VARCHAR) AS notice_no, sources_zh AS arg1, batch_no AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM batches
WHERE source_count > 1
UNION ALL
SELECT
    'R12.sheet', unit_code, 'rosters', row_id, NULL, NULL, CONCAT_WS('|', 'sheet', unit_code, batch_nos),
    NULL, NULL, sources_zh, sheet, NULL, NULL, NULL, NULL
FROM mixed_sheets
UNION ALL
SELECT
    'R12.source_differs', unit_code, 'rosters', row_id, 'fund_source', source_zh,
    CONCAT_WS('|', 'rosters', unit_code, payment_id), batch_no, notice_no, source_zh, said_by, said_zh, notice_no, NULL, NULL
FROM differing
