-- S.duplicate_key: rows that state the key of another row of their own file; each further one of identical rows, all of
-- different ones. Which of the rows it is counts in the subject only where nothing else tells them apart.
-- Reads: facts.duplicates.
SELECT
    CASE WHEN is_identical THEN 'S.duplicate_row' ELSE 'S.duplicate_key' END AS rule_id,
    unit_code, kind, row_id, CAST(NULL AS VARCHAR) AS field, CAST(NULL AS VARCHAR) AS value_text,
    CONCAT_WS('|', kind, unit_code, fact_key, CASE WHEN is_identical THEN CAST(duplicate_no AS VARCHAR) ELSE value_hash END)
        AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    CAST(other_row_no AS VARCHAR) AS arg1, CAST(NULL AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM facts.duplicates
