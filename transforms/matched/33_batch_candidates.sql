-- Debits that may pay a list which no debit names: its total or its successes, near its date (a list without any date:
-- within its budget year and the next).
-- Grain: one row per open list and open debit of its unit. nature: what makes two lists alike in every figure;
-- is_unanswered: no result file speaks of the list. A list of one is not paid by a debit to somebody else's account. A list
-- whose every line has a debit of its own is paid by singles; cash is no payment of a list, nor are advances and what
-- reimburses them, nor what gives an allotment back. Of a list of which people decided anything the sum is no longer looked
-- for.
-- Reads: matched.batch_totals, matched.batch_links, matched.payment_lines, facts.bank_lines, facts.accounts,
-- matched.payee_debits, matched.set_aside, matched.decided, matched.allotments_out, matched.clawbacks,
-- matched.reimbursements, matched.advances, matched.claims_alone,
-- matched.claim_payees, matched.line_words, matched.windows.
WITH line_by_line AS ( -- lists without a bank result, of which every line has a debit to its payee's account, or in his name
    SELECT t.batch_key
    FROM matched.batch_totals AS t
    INNER JOIN matched.payment_lines AS l ON CONCAT(l.unit_code, '|', l.batch_no) = t.batch_key AND NOT l.is_held
    CROSS JOIN matched.windows AS w
    INNER JOIN matched.payee_debits AS d ON d.card_key = COALESCE(l.card_key, CONCAT('name:', l.payee_name))
    INNER JOIN facts.bank_lines AS b
        ON b.bank_line_id = d.bank_line_id AND b.unit_code = l.unit_code AND b.amount_yuan = l.amount_yuan
        AND (l.pay_on IS NULL OR ABS(DATE_DIFF('day', l.pay_on, b.value_on)) <= w.single_days)
    WHERE t.result_line_count = 0
    GROUP BY t.batch_key
    HAVING COUNT(DISTINCT l.payment_id) = MIN(t.line_count)
),
open_batches AS (
    SELECT t.*
    FROM matched.batch_totals AS t
    WHERE NOT EXISTS (SELECT 1 FROM matched.batch_links AS k WHERE k.batch_key = t.batch_key)
        AND NOT EXISTS (SELECT 1 FROM line_by_line AS s WHERE s.batch_key = t.batch_key)
        AND NOT EXISTS (SELECT 1 FROM matched.reimbursements AS r WHERE r.batch_key = t.batch_key)
        AND NOT EXISTS (
            SELECT 1
            FROM matched.decided AS d
            INNER JOIN matched.payment_lines AS l ON l.payment_id = d.payment_id
            WHERE l.unit_code = t.unit_code AND l.batch_no = t.batch_no AND d.direction = 'out' AND d.void_code IS NULL
        )
),
kinds_of_money AS (
    SELECT DISTINCT
        CONCAT(unit_code, '|', batch_no) AS batch_key,
        CONCAT_WS('|', fund_source, COALESCE(notice_no, ''), aid_category, CAST(budget_year AS VARCHAR)) AS money
    FROM matched.payment_lines
    WHERE NOT is_held AND CONCAT(unit_code, '|', batch_no) IN (SELECT o.batch_key FROM open_batches AS o)
),
natures AS (
    SELECT batch_key, STRING_AGG(money, '+' ORDER BY money) AS nature
    FROM kinds_of_money
    GROUP BY batch_key
),
taken AS (
    SELECT bank_line_id FROM matched.set_aside
    UNION ALL SELECT bank_line_id FROM matched.batch_links
    UNION ALL SELECT bank_line_id FROM matched.payee_debits
    UNION ALL SELECT bank_line_id FROM matched.allotments_out
    UNION ALL SELECT bank_line_id FROM matched.clawbacks
    UNION ALL SELECT bank_line_id FROM matched.reimbursements
    UNION ALL SELECT bank_line_id FROM matched.advances
    UNION ALL SELECT bank_line_id FROM matched.claims_alone
    UNION ALL SELECT bank_line_id FROM matched.claim_payees
    UNION ALL SELECT bank_line_id FROM matched.line_words WHERE purpose = 'cash'
),
open_lines AS (
    SELECT b.bank_line_id, b.unit_code, b.account_key, b.value_on, b.amount_yuan, b.counterparty_key
    FROM facts.bank_lines AS b
    WHERE b.direction = 'out'
        AND b.bank_line_id NOT IN (SELECT t.bank_line_id FROM taken AS t)
        AND COALESCE(b.counterparty_key, '') NOT IN (SELECT a.account_key FROM facts.accounts AS a WHERE a.account_key IS NOT NULL)
),
asked AS (
    SELECT batch_key, success_yuan AS asked_yuan FROM open_batches
    UNION
    SELECT batch_key, total_yuan FROM open_batches
),
candidates AS (
    SELECT
        t.batch_key, t.unit_code, t.first_pay_on, COALESCE(n.nature, 'held') AS nature, b.bank_line_id, b.account_key, b.value_on, b.amount_yuan,
        CASE
            WHEN t.first_pay_on IS NULL THEN 1000
            WHEN b.value_on < t.first_pay_on THEN DATE_DIFF('day', b.value_on, t.first_pay_on)
            WHEN b.value_on > t.last_pay_on THEN DATE_DIFF('day', t.last_pay_on, b.value_on)
            ELSE 0
        END AS days_apart,
        CASE WHEN t.result_line_count > 0 THEN 0 ELSE 1 END AS is_unanswered,
        CASE WHEN b.amount_yuan = t.success_yuan THEN 0 ELSE 1 END AS is_total_only,
        CASE WHEN w.bank_line_id IS NULL THEN 1 ELSE 0 END AS is_silent
    FROM open_batches AS t
    LEFT JOIN natures AS n ON n.batch_key = t.batch_key
    INNER JOIN asked AS k ON k.batch_key = t.batch_key
    INNER JOIN open_lines AS b ON b.unit_code = t.unit_code AND b.amount_yuan = k.asked_yuan
    LEFT JOIN matched.line_words AS w ON w.bank_line_id = b.bank_line_id AND w.purpose = 'batch'
    WHERE (t.first_pay_on IS NOT NULL OR EXTRACT(YEAR FROM b.value_on) BETWEEN t.budget_year AND t.budget_year + 1)
        AND (t.line_count > 1 OR b.counterparty_key IS NULL OR w.bank_line_id IS NOT NULL)
)
SELECT c.*
FROM candidates AS c
CROSS JOIN matched.windows AS w
WHERE c.days_apart <= w.batch_days OR c.days_apart = 1000
ORDER BY c.batch_key, c.bank_line_id
