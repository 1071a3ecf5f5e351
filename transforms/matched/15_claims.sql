-- Claims in sums: what one debit, or several together, may pay to a supplier or to an enterprise that is visited.
-- Grain: one row per claim. near_from_on … near_to_on: the days around which it is paid; is_due: they are stated days
-- of payment or of the visit, else days of acceptance. nature: what makes two claims alike in every figure.
-- payee_account_key: NULL where none or several are stated.
-- Reads: matched.claim_parts, matched.payables.
WITH kinds_of_money AS (
    SELECT
        c.claim_id, CONCAT_WS('|', p.kind, p.batch_no, p.campaign, p.fund_source, CAST(p.budget_year AS VARCHAR),
            CAST(SUM(p.amount_yuan) AS VARCHAR)) AS money
    FROM matched.claim_parts AS c
    INNER JOIN matched.payables AS p ON p.payable_id = c.payable_id
    GROUP BY c.claim_id, p.kind, p.batch_no, p.campaign, p.fund_source, p.budget_year
),
natures AS (
    SELECT claim_id, STRING_AGG(money, '+' ORDER BY money) AS nature, COUNT(*) AS money_count
    FROM kinds_of_money
    GROUP BY claim_id
)
SELECT
    c.claim_id, MIN(c.level_no) AS level_no, MIN(p.unit_code) AS unit_code, MIN(p.kind) AS kind,
    MIN(p.payee_name) AS payee_name,
    CASE WHEN COUNT(DISTINCT p.payee_account_key) = 1 THEN MIN(p.payee_account_key) END AS payee_account_key,
    CASE WHEN COUNT(DISTINCT p.batch_no) = 1 THEN MIN(p.batch_no) END AS batch_no,
    CAST(SUM(p.amount_yuan) AS DECIMAL(18, 2)) AS claim_yuan,
    MIN(p.near_on) AS near_from_on, MAX(p.near_on) AS near_to_on, COUNT(p.due_on) = COUNT(*) AS is_due,
    MIN(p.budget_year) AS first_year, MAX(p.budget_year) AS last_year,
    MIN(n.nature) AS nature, MIN(n.money_count) AS money_count
FROM matched.claim_parts AS c
INNER JOIN matched.payables AS p ON p.payable_id = c.payable_id
INNER JOIN natures AS n ON n.claim_id = c.claim_id
GROUP BY c.claim_id
ORDER BY c.claim_id
