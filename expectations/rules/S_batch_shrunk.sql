-- S.batch_shrunk: lists sent again that drop too much of their batch. A list that was confirmed is shown while that decision
-- runs (as waived), and is settled afterwards.
-- Reads: facts.shrunk_batches, facts.as_of, validated.rosters.
SELECT
    'S.batch_shrunk' AS rule_id, b.unit_code, 'rosters' AS kind,
    (SELECT MIN(v.row_id) FROM validated.rosters AS v
     WHERE v.receipt_id = b.receipt_id AND v.batch_no = b.batch_no) AS row_id,
    CAST(NULL AS VARCHAR) AS field, CAST(NULL AS VARCHAR) AS value_text, b.subject_key, b.batch_no,
    CAST(NULL AS VARCHAR) AS notice_no, b.batch_no AS arg1, CAST(b.dropped_count AS VARCHAR) AS arg2,
    CAST(b.earlier_count AS VARCHAR) AS arg3, CAST(b.later_count AS VARCHAR) AS arg4,
    CAST(b.paid_count AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM facts.shrunk_batches AS b
CROSS JOIN facts.as_of AS a
WHERE b.is_held OR a.as_of_on IS NULL OR b.until_on >= a.as_of_on
