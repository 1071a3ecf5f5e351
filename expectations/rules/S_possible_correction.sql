-- S.possible_correction: a visit or 送温暖 line that another file states with another ID number (same unit, date, activity, name
-- and amount). Told on the later row.
-- Reads: matched.possible_corrections.
SELECT
    'S.possible_correction' AS rule_id, unit_code, kind, row_id, 'id_number' AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', kind, unit_code, fact_key) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    other_file AS arg1, CAST(said_on AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.possible_corrections
