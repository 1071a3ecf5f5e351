-- R03 一户一档: each case file that is open on the same day as an earlier one of the same 本人 (.same_head), or of which the 本人
-- is 配偶 or 未成年子女 in the other (.spouse, .child); all published as R03. A file moved between counties (closed here, opened
-- there), a file re-registered under its number, a parent named in two files are none.
-- Reads: matched.file_overlaps, facts.households, facts.units.
SELECT
    CONCAT('R03.', o.tie) AS rule_id, o.unit_code, 'households' AS kind, o.row_id, CAST(NULL AS VARCHAR) AS field,
    h.name AS value_text, CONCAT_WS('|', 'households', o.unit_code, o.file_no) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    COALESCE(u.unit_name, o.other_unit_code) AS arg1, o.other_file_no AS arg2,
    CAST(o.other_first_opened_on AS VARCHAR) AS arg3, CAST(o.overlaps_on AS VARCHAR) AS arg4,
    o.file_no AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.file_overlaps AS o
INNER JOIN facts.households AS h ON h.row_id = o.row_id
LEFT JOIN facts.units AS u ON u.unit_code = o.other_unit_code
