-- What was replaced, and by which file. A later whole file of the same sender replaces its batch, notice or case file, else
-- row by row. A returned row replaces the row that it is, and its earlier returns; 处理=删除 replaces it by nothing; what a
-- returned workbook adds replaces its own key alone; a row said to be of two units is replaced when the same sender states it
-- for the other one. On how a document is filed, and on what a bank line pays, the last word holds, whoever sent it.
-- Statement lines and payout results are events: they add up.
-- Grain: one row per replaced row, understood or not, with the receipt that replaced it. A row whose unit is not known is
-- replaced by whatever states the same thing again. is_by_token: by a returned row or deletion, not by a whole file.
-- Reads: facts.typed_rows, facts.row_owners, facts.held_rows, received.answers, facts.receipts.
WITH kept AS (
    SELECT
        t.row_id, t.kind, t.receipt_id, t.ingest_no, t.scope_key, t.fact_key, t.value_hash, t.is_returned, t.root_row_id,
        CASE WHEN t.kind IN ('documents', 'decisions') THEN '' ELSE t.sender END AS sender, o.unit_code, o.other_code
    FROM facts.typed_rows AS t
    LEFT JOIN facts.row_owners AS o ON o.row_id = t.row_id
    LEFT JOIN facts.held_rows AS h ON h.row_id = t.row_id
    WHERE h.row_id IS NULL AND t.kind NOT IN ('bank_statements', 'payouts')
),
whole AS (
    SELECT kind, sender, scope_key, unit_code, ingest_no, MIN(receipt_id) AS receipt_id
    FROM kept
    WHERE NOT is_returned
    GROUP BY kind, sender, scope_key, unit_code, ingest_no
),
latest AS ( -- per unit; and, whatever the unit, for rows whose unit is not known
    SELECT kind, sender, scope_key, unit_code, MAX(ingest_no) AS ingest_no
    FROM whole
    WHERE unit_code IS NOT NULL
    GROUP BY kind, sender, scope_key, unit_code
    UNION ALL
    SELECT kind, sender, scope_key, CAST(NULL AS VARCHAR), MAX(ingest_no)
    FROM whole
    GROUP BY kind, sender, scope_key
),
by_file AS (
    SELECT k.row_id, k.kind, MIN(w.receipt_id) AS superseded_by, l.ingest_no, FALSE AS is_by_token
    FROM kept AS k
    INNER JOIN latest AS l
        ON l.kind = k.kind AND l.sender = k.sender AND l.scope_key = k.scope_key
        AND COALESCE(l.unit_code, '') = COALESCE(k.unit_code, '')
    INNER JOIN whole AS w
        ON w.kind = l.kind AND w.sender = l.sender AND w.scope_key = l.scope_key AND w.ingest_no = l.ingest_no
        AND (w.unit_code = l.unit_code OR l.unit_code IS NULL)
    WHERE k.ingest_no < l.ingest_no
    GROUP BY k.row_id, k.kind, l.ingest_no
),
events AS ( -- what happened to a row after it was first received; a deletion has no row of its own
    SELECT root_row_id, row_id, receipt_id, ingest_no, 0 AS is_deletion
    FROM kept
    WHERE root_row_id IS NOT NULL
    UNION ALL
    SELECT a.root_row_id, CAST(NULL AS VARCHAR), r.receipt_id, r.ingest_no, 1
    FROM received.answers AS a
    INNER JOIN facts.receipts AS r ON r.receipt_id = a.receipt_id
    WHERE a.handling = 'delete' AND a.root_row_id IS NOT NULL
),
last_words AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY root_row_id ORDER BY ingest_no DESC, is_deletion DESC, receipt_id) AS word_rank
    FROM events
),
by_token AS (
    SELECT k.row_id, k.kind, w.receipt_id AS superseded_by, w.ingest_no, TRUE AS is_by_token
    FROM last_words AS w
    INNER JOIN kept AS k ON COALESCE(k.root_row_id, k.row_id) = w.root_row_id
    WHERE w.word_rank = 1
        AND (k.ingest_no < w.ingest_no OR (k.ingest_no = w.ingest_no AND (k.root_row_id IS NULL OR w.is_deletion = 1)))
),
additions AS (
    SELECT kind, unit_code, sender, fact_key, value_hash, ingest_no, MIN(receipt_id) AS receipt_id
    FROM kept
    WHERE is_returned AND root_row_id IS NULL AND unit_code IS NOT NULL
    GROUP BY kind, unit_code, sender, fact_key, value_hash, ingest_no
),
by_key AS (
    SELECT k.row_id, k.kind, MIN(a.receipt_id) AS superseded_by, MAX(a.ingest_no) AS ingest_no, TRUE AS is_by_token
    FROM kept AS k
    INNER JOIN additions AS a
        ON a.kind = k.kind AND a.unit_code = k.unit_code AND a.sender = k.sender AND a.fact_key = k.fact_key
    WHERE k.ingest_no < a.ingest_no AND k.value_hash <> a.value_hash
    GROUP BY k.row_id, k.kind
),
by_unit AS (
    SELECT k.row_id, k.kind, MIN(n.receipt_id) AS superseded_by, MAX(n.ingest_no) AS ingest_no,
        MIN(CASE WHEN n.is_returned THEN 1 ELSE 0 END) = 1 AS is_by_token
    FROM kept AS k
    INNER JOIN kept AS n
        ON n.kind = k.kind AND n.unit_code = k.other_code AND n.sender = k.sender AND n.fact_key = k.fact_key
    WHERE k.ingest_no < n.ingest_no AND n.other_code IS NULL
    GROUP BY k.row_id, k.kind
),
every AS (
    SELECT * FROM by_file
    UNION ALL
    SELECT * FROM by_token
    UNION ALL
    SELECT * FROM by_key
    UNION ALL
    SELECT * FROM by_unit
),
ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY row_id ORDER BY ingest_no DESC, is_by_token, superseded_by) AS word_rank
    FROM every
)
SELECT row_id, kind, superseded_by, is_by_token
FROM ranked
WHERE word_rank = 1
ORDER BY row_id
