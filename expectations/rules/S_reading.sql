-- S.*: what could not be read, as intake wrote it down, with intake's own severity. Which of them a newer file has mended
-- (status corrected) is shared/mended_problems.sql. Problems of a row are known by its fact, those of a file by themselves.
-- arg6 is the problem, so that its file, sheet, row and column can be told.
-- What only repeats another file's problem (facts.idle_problems) is told there.
-- Reads: validated.problems, validated.versions, received.receipts, facts.row_owners, facts.unit_names, facts.idle_problems.
SELECT
    p.rule_id,
    COALESCE(o.unit_code, t.unit_code, h.unit_code, f.unit_code, s.unit_code) AS unit_code,
    COALESCE(p.kind, '') AS kind,
    p.row_id,
    p.field,
    p.value_text,
    CASE
        WHEN p.row_id IS NULL OR v.fact_key IS NULL THEN CONCAT_WS('|', p.kind, r.source_file, p.sheet)
        ELSE CONCAT_WS('|', p.kind, COALESCE(v.stated_unit, v.sheet_unit, v.folder_unit, r.sender), v.fact_key)
    END AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no,
    CAST(NULL AS VARCHAR) AS notice_no,
    p.args[1] AS arg1, p.args[2] AS arg2, p.args[3] AS arg3, p.args[4] AS arg4, p.args[5] AS arg5,
    p.problem_id AS arg6
FROM validated.problems AS p
INNER JOIN received.receipts AS r ON r.receipt_id = p.receipt_id
LEFT JOIN validated.versions AS v ON v.row_id = p.row_id
LEFT JOIN facts.row_owners AS o ON o.row_id = p.row_id
LEFT JOIN facts.unit_names AS t ON t.name = v.stated_unit
LEFT JOIN facts.unit_names AS h ON h.name = v.sheet_unit
LEFT JOIN facts.unit_names AS f ON f.name = v.folder_unit
LEFT JOIN facts.unit_names AS s ON s.name = r.sender
LEFT JOIN facts.idle_problems AS i ON i.problem_id = p.problem_id
WHERE i.problem_id IS NULL
