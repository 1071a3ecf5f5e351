-- Bank lines that no other pass may take: what is no money moved (the bank's own corrections, clearings), and what people
-- have decided.
-- Grain: one row per bank line.
-- Reads: matched.bank_corrections, matched.treasury_clearings, matched.decided.
SELECT bank_line_id FROM matched.bank_corrections
UNION
SELECT corrected_line_id FROM matched.bank_corrections
UNION
SELECT bank_line_id FROM matched.treasury_clearings
UNION
SELECT bank_line_id FROM matched.decided WHERE void_code IS NULL
ORDER BY bank_line_id
