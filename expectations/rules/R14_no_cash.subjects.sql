-- R14: list lines (.no_card), debits of the funds and outside them (.cash), visits with money in the register
-- (.visit_without_payment). Not judged: a card that could not be read, a sheet without that column; for visits see
-- matched.visit_money.
WITH unread AS (
    SELECT row_id, receipt_id, sheet FROM validated.problems WHERE field = 'card_no'
),
subjects AS (
    SELECT
        'R14.no_card' AS rule_id, r.unit_code,
        CASE WHEN r.card_no IS NULL AND EXISTS (
            SELECT 1 FROM unread AS u
            WHERE u.row_id = r.row_id OR (u.row_id IS NULL AND u.receipt_id = r.receipt_id AND u.sheet = r.sheet)
        ) THEN 'card_no' END AS missing_input
    FROM facts.rosters AS r
    UNION ALL
    SELECT 'R14.cash', unit_code, CAST(NULL AS VARCHAR) FROM matched.bank_lines WHERE direction = 'out'
    UNION ALL
    SELECT 'R14.visit_without_payment', unit_code, missing_input FROM matched.visit_money
)
SELECT
    rule_id, unit_code,
    COUNT_IF(missing_input IS NULL) AS judged_count, COUNT_IF(missing_input IS NOT NULL) AS not_judged_count,
    missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM subjects
GROUP BY rule_id, unit_code, missing_input
