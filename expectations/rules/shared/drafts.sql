-- Offences with everything that a finding tells about its place: the file, sheet, row and column, when it came, whether a
-- newer file has mended it. Words and masks come after (expectations/findings.py).
-- Grain: one row per offence.
-- Reads: judged.offences, judged.mended_problems, raw.rows, received.receipts, received.sheets, validated.problems,
-- validated.versions, facts.as_of.
SELECT
    o.*,
    r.receipt_id,
    r.sha256,
    r.source_file,
    COALESCE(w.sheet, p.sheet) AS sheet,
    COALESCE(w.row_no, p.row_no) AS row_no,
    p.column_name AS stated_column,
    p.severity AS stated_severity,
    t.taken_from,
    m.problem_id IS NOT NULL AS is_corrected,
    m.mended_by AS corrected_by,
    v.value_hash,
    p.problem_id IS NOT NULL AND p.row_id IS NULL AND r.state <> 'accepted' AS is_whole_file,
    r.ingest_no,
    COALESCE(CAST(r.received_at AS DATE), a.as_of_on) AS first_seen_on
FROM judged.offences AS o
CROSS JOIN facts.as_of AS a
LEFT JOIN validated.problems AS p ON o.rule = 'S' AND p.problem_id = o.arg6
LEFT JOIN raw.rows AS w ON w.row_id = o.row_id
LEFT JOIN validated.versions AS v ON v.row_id = o.row_id
LEFT JOIN received.receipts AS r ON r.receipt_id = COALESCE(w.receipt_id, p.receipt_id)
LEFT JOIN received.sheets AS t
    ON t.receipt_id = w.receipt_id AND t.sheet = w.sheet AND t.kind = o.kind
LEFT JOIN judged.mended_problems AS m ON m.problem_id = p.problem_id
