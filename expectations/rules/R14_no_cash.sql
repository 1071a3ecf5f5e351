-- R14 不发现金: a list line without a card (.no_card), cash taken from the funds (.cash), a visit for which the register states
-- money and no list answers it (.visit_without_payment).
-- A card that could not be read has its finding already; so has a sheet without the column.
-- Reads: facts.rosters, validated.problems, matched.bank_lines, matched.visit_money.
WITH no_cards AS (
    SELECT r.*
    FROM facts.rosters AS r
    WHERE r.card_no IS NULL
        AND NOT EXISTS (SELECT 1 FROM validated.problems AS p WHERE p.row_id = r.row_id AND p.field = 'card_no')
        AND NOT EXISTS (
            SELECT 1 FROM validated.problems AS p
            WHERE p.receipt_id = r.receipt_id AND p.sheet = r.sheet AND p.row_id IS NULL AND p.field = 'card_no'
        )
)
SELECT
    'R14.no_card' AS rule_id, unit_code, 'rosters' AS kind, row_id, 'card_no' AS field, CAST(NULL AS VARCHAR) AS value_text,
    CONCAT_WS('|', 'rosters', unit_code, fact_key) AS subject_key, batch_no, notice_no,
    CAST(amount_yuan AS VARCHAR) AS arg1, CAST(NULL AS VARCHAR) AS arg2, CAST(NULL AS VARCHAR) AS arg3,
    CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM no_cards
UNION ALL
SELECT
    'R14.cash', unit_code, 'bank_statements', row_id, NULL, NULL, bank_line_id, NULL, NULL,
    account_last4, CAST(value_on AS VARCHAR), CAST(amount_yuan AS VARCHAR), NULL, NULL, NULL
FROM matched.bank_lines
WHERE classification = 'cash' AND direction = 'out'
UNION ALL
SELECT
    'R14.visit_without_payment', unit_code, 'visits', row_id, NULL, person_name,
    CONCAT_WS('|', 'visits', unit_code, visit_id), NULL, NULL,
    CAST(visited_on AS VARCHAR), CAST(register_yuan AS VARCHAR), NULL, NULL, NULL, NULL
FROM matched.visit_money
WHERE NOT is_paid AND missing_input IS NULL
