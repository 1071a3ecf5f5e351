-- R01 居民身份证号: birth date valid, not in the future, check digit right (GB 11643, MOD 11-2; 15 digits have no check digit).
-- One offence per cell, the first that holds of .date, .future, .checksum. Text that is no ID number at all is S.type's business.
-- Reads: facts.id_faults.
SELECT
    CONCAT('R01.', fault) AS rule_id, unit_code, kind, row_id, field, value_text,
    CONCAT_WS('|', kind, unit_code, fact_key, field) AS subject_key,
    batch_no, notice_no,
    CAST(as_of_on AS VARCHAR) AS arg1, -- the birth date itself is personal: no sentence repeats it
    CAST(NULL AS VARCHAR) AS arg2,
    CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4,
    CAST(NULL AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM facts.id_faults
