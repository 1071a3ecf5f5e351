-- R15 发给本人: a card whose holder is nobody of the household (.stranger), or is one of them while the card stands in none of the
-- household's case files (.other_card); both are published as R15.
-- Reads: matched.payees.
SELECT
    CONCAT('R15.', verdict) AS rule_id, unit_code, 'rosters' AS kind, row_id,
    CASE WHEN verdict = 'stranger' THEN 'card_holder' ELSE 'card_no' END AS field,
    CASE WHEN verdict = 'stranger' THEN payee_name ELSE card_no END AS value_text,
    CONCAT_WS('|', 'rosters', unit_code, payment_id) AS subject_key,
    batch_no, notice_no,
    CAST(NULL AS VARCHAR) AS arg1, CAST(NULL AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM matched.payees
WHERE verdict IS NOT NULL
