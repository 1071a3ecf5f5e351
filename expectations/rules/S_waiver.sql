-- S.waiver_invalid: a decision on findings that cannot hold, and why: names, judged_unit, sender, expired, no_expiry,
-- unknown_id (see shared/waivers.sql). A decision without document or name was not read (S.missing_value).
-- Reads: judged.waivers.
WITH invalid AS (
    SELECT row_id, unit_code, fact_key, subject_id, until_on, is_by_group, fault
    FROM judged.waivers
    WHERE state = 'invalid'
    GROUP BY row_id, unit_code, fact_key, subject_id, until_on, is_by_group, fault
)
SELECT
    CONCAT('S.waiver_invalid.', fault) AS rule_id, unit_code, 'waivers' AS kind, row_id,
    CASE
        WHEN fault IN ('names', 'judged_unit') THEN 'approved_by'
        WHEN fault IN ('expired', 'no_expiry') THEN 'until_on'
        WHEN is_by_group THEN 'waived_group_id'
        ELSE 'waived_id'
    END AS field,
    CASE WHEN fault = 'unknown_id' THEN subject_id END AS value_text,
    CONCAT_WS('|', 'waivers', unit_code, fact_key) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    subject_id AS arg1, CAST(until_on AS VARCHAR) AS arg2,
    CAST(NULL AS VARCHAR) AS arg3, CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM invalid
