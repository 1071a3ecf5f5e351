-- M60 and M61: what the bank itself takes and gives.
-- Grain: one row per fee or interest line. Outside a 专户 a fee is nobody's concern, interest only where the account
-- register says whose it is (利息归属).
-- Reads: facts.bank_lines, matched.line_words, matched.paid, matched.returns, matched.payable_shares.
SELECT
    b.bank_line_id,
    b.amount_yuan,
    CASE WHEN b.direction = 'out' THEN 'fee' ELSE 'interest' END AS charge,
    CASE
        WHEN b.direction = 'in' THEN COALESCE(b.interest_fund_source, b.account_fund_source)
        ELSE b.account_fund_source
    END AS fund_source
FROM facts.bank_lines AS b
INNER JOIN matched.line_words AS w
    ON w.bank_line_id = b.bank_line_id
    AND w.purpose = CASE WHEN b.direction = 'out' THEN 'fee' ELSE 'interest' END
WHERE (b.account_type = 'special' OR (b.direction = 'in' AND b.interest_fund_source IS NOT NULL))
    AND NOT EXISTS (SELECT 1 FROM matched.paid AS p WHERE p.bank_line_id = b.bank_line_id)
    AND NOT EXISTS (SELECT 1 FROM matched.returns AS r WHERE r.bank_line_id = b.bank_line_id)
    AND NOT EXISTS (SELECT 1 FROM matched.payable_shares AS s WHERE s.bank_line_id = b.bank_line_id)
ORDER BY b.bank_line_id
