-- 归垫: debits by which the account of the funds pays back to the unit itself what the unit had paid in advance.
-- Grain: one row per debit. It goes to another account of the unit, registered or not, and says 归垫, here or where it
-- arrives (in_line_id: the credit on the unit's own account, where that is registered). memo: of both lines.
-- Reads: facts.bank_lines, facts.units, facts.accounts, matched.line_words, matched.set_aside, matched.windows.
WITH own_names AS (
    SELECT unit_code, unit_name AS name FROM facts.units
    UNION
    SELECT unit_code, account_name FROM facts.accounts
),
to_itself AS (
    SELECT b.*
    FROM facts.bank_lines AS b
    WHERE b.direction = 'out' AND b.bank_line_id NOT IN (SELECT x.bank_line_id FROM matched.set_aside AS x) AND (
        EXISTS (
            SELECT 1 FROM facts.accounts AS a
            WHERE a.account_key = b.counterparty_key AND a.unit_code = b.unit_code AND a.account_key <> b.account_key
        )
        OR (
            EXISTS (SELECT 1 FROM own_names AS n WHERE n.unit_code = b.unit_code AND n.name = b.counterparty_name)
            AND NOT EXISTS ( -- a name may be shared, a registered account is not
                SELECT 1 FROM facts.accounts AS a
                WHERE a.account_key = b.counterparty_key AND a.unit_code <> b.unit_code
            )
        )
    )
),
arrivals AS (
    SELECT
        o.bank_line_id, i.bank_line_id AS in_line_id, i.memo,
        ROW_NUMBER() OVER (PARTITION BY o.bank_line_id ORDER BY i.value_on, i.bank_line_id) AS in_place,
        ROW_NUMBER() OVER (PARTITION BY i.bank_line_id ORDER BY o.value_on DESC, o.bank_line_id) AS out_place
    FROM to_itself AS o
    INNER JOIN facts.bank_lines AS i
        ON i.unit_code = o.unit_code AND i.direction = 'in' AND i.amount_yuan = o.amount_yuan
        AND i.account_key <> o.account_key AND (o.counterparty_key IS NULL OR o.counterparty_key = i.account_key)
        AND (i.counterparty_key IS NULL OR i.counterparty_key = o.account_key)
    CROSS JOIN matched.windows AS w
    WHERE DATE_DIFF('day', o.value_on, i.value_on) BETWEEN 0 AND w.allotment_days
),
words AS (
    SELECT bank_line_id FROM matched.line_words WHERE purpose = 'reimbursement'
)
SELECT
    o.bank_line_id, o.unit_code, o.account_key, o.amount_yuan, o.value_on, a.in_line_id,
    CONCAT(o.memo, ' ', COALESCE(a.memo, '')) AS memo
FROM to_itself AS o
LEFT JOIN arrivals AS a ON a.bank_line_id = o.bank_line_id AND a.in_place = 1 AND a.out_place = 1
WHERE EXISTS (SELECT 1 FROM words AS w WHERE w.bank_line_id = o.bank_line_id OR w.bank_line_id = a.in_line_id)
ORDER BY o.bank_line_id
