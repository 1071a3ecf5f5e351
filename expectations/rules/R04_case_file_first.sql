-- R04 先建档后帮扶: a line of help (other than 送温暖) whose person stands in no case file (.no_file), or whose files are all
-- opened later or closed before (.late_file and .closed_file, both published as R04.not_open; the nearest file is told).
-- Reads: matched.filings, facts.units.
SELECT
    CONCAT('R04.', f.verdict) AS rule_id, f.unit_code, 'rosters' AS kind, f.row_id, CAST(NULL AS VARCHAR) AS field,
    f.person_name AS value_text, CONCAT_WS('|', 'rosters', f.unit_code, f.payment_id) AS subject_key,
    f.batch_no, f.notice_no,
    CAST(f.helped_on AS VARCHAR) AS arg1, CAST(f.opened_on AS VARCHAR) AS arg2, CAST(f.closed_on AS VARCHAR) AS arg3,
    COALESCE(u.unit_name, f.file_unit_code) AS arg4,
    CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.filings AS f
LEFT JOIN facts.units AS u ON u.unit_code = f.file_unit_code
WHERE f.verdict IS NOT NULL
