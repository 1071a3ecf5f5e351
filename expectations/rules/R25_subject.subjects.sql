-- R25: entries on subjects of assistance and of other expense. A source is compared where the entry states one; a voucher is
-- judged when all its bank entries are answered.
WITH details AS (
    SELECT unit_code, missing_input, 'R25.source' AS rule_id FROM booked.subject_checks WHERE checked = 'source'
    UNION ALL
    SELECT unit_code, missing_input, 'R25.other_use' FROM booked.subject_checks WHERE checked = 'use'
    UNION ALL
    SELECT unit_code, missing_input, 'R25.no_aid' FROM booked.subject_checks WHERE checked = 'use'
)
SELECT
    rule_id, unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count, COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM details
GROUP BY rule_id, unit_code, missing_input
