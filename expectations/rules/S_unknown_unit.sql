-- S.unknown_unit: what waits because nobody knows whose it is: rows of an unknown unit or account (one finding per file, kind
-- and name), and allotments to an unknown payee (one per line: the money reaches nobody's figures). A statement whose
-- account is registered, but to a unit that nobody knows, waits for that unit: the register's own row tells it.
-- Reads: facts.unknown_units, facts.row_owners, facts.account_owners, validated.versions, received.receipts, facts.allotments.
WITH waiting AS (
    SELECT
        u.kind, v.receipt_id, u.unit_text, MIN(u.row_id) AS row_id, COUNT(*) AS row_count
    FROM facts.unknown_units AS u
    INNER JOIN validated.versions AS v ON v.row_id = u.row_id
    LEFT JOIN facts.row_owners AS o ON o.row_id = u.row_id AND u.kind = 'bank_statements'
    WHERE NOT EXISTS (SELECT 1 FROM facts.account_owners AS a WHERE a.account_key = o.account_key)
    GROUP BY u.kind, v.receipt_id, u.unit_text
)
SELECT
    CASE
        WHEN w.kind = 'bank_statements' THEN 'S.unknown_account'
        WHEN w.unit_text = '' THEN 'S.unstated_unit'
        ELSE 'S.unknown_unit'
    END AS rule_id,
    CAST(NULL AS VARCHAR) AS unit_code, w.kind, w.row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', w.kind, r.sha256, w.unit_text) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    w.unit_text AS arg1, CAST(w.row_count AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM waiting AS w
INNER JOIN received.receipts AS r ON r.receipt_id = w.receipt_id
UNION ALL
SELECT
    'S.unknown_payee', a.unit_code, 'allotments', a.row_id, 'payee_unit', a.payee_unit,
    CONCAT_WS('|', 'allotments', a.fact_key), NULL, a.notice_no, a.payee_unit, CAST(a.amount_yuan AS VARCHAR),
    NULL, NULL, NULL, NULL
FROM facts.allotments AS a
WHERE a.payee_unit_code IS NULL
