-- What moves `executed`: a payment on the day of the debit that pays it, less what came back on the day of its credit; and what
-- suppliers and enterprises that were visited were paid, less what they gave back.
-- Grain: one row per payment paid, per payment returned and per refund, and per payable (payment_id NULL) and bank line; money
-- without a budget year is in no execution figure.
-- Reads: matched.payments, matched.refunds, matched.payable_shares, matched.payables.
WITH moved AS (
    SELECT
        p.*, 'paid' AS event, p.value_on AS event_on, p.amount_yuan AS signed_yuan, p.bank_line_id AS event_line_id
    FROM matched.payments AS p
    WHERE p.status IN ('paid', 'returned')
    UNION ALL
    SELECT p.*, 'returned', p.returned_on, -p.amount_yuan, p.return_bank_line_id
    FROM matched.payments AS p
    WHERE p.status = 'returned'
    UNION ALL
    SELECT p.*, CONCAT('refunded.', f.bank_line_id), f.credited_on, -f.amount_yuan, f.bank_line_id
    FROM matched.refunds AS f
    INNER JOIN matched.payments AS p ON p.payment_id = f.payment_id
    WHERE p.status = 'paid'
),
events AS (
    SELECT
        CONCAT(m.payment_id, '.', m.event) AS event_id, m.city_code, m.payment_id, CAST(NULL AS VARCHAR) AS payable_id,
        m.event_line_id AS bank_line_id, SPLIT_PART(m.event, '.', 1) AS event, m.event_on, m.signed_yuan,
        m.budget_year, m.project_name, m.figure_source, m.unit_code, m.aid_category, m.campaign, m.household_id,
        COALESCE(m.person_key, m.name_key) AS person_key, m.is_direct, m.reissue_of IS NOT NULL AS is_reissue
    FROM moved AS m
    UNION ALL
    SELECT
        CONCAT_WS('.', p.payable_id, CASE WHEN s.direction = 'out' THEN 'paid' ELSE 'refunded' END, s.bank_line_id),
        p.city_code, NULL, p.payable_id,
        s.bank_line_id, CASE WHEN s.direction = 'out' THEN 'paid' ELSE 'refunded' END, s.moved_on,
        CASE WHEN s.direction = 'out' THEN s.share_yuan ELSE -s.share_yuan END,
        p.budget_year, p.project_name, p.figure_source, p.unit_code, 'warmth_visit', p.campaign, NULL,
        NULL, p.is_direct, FALSE
    FROM matched.payable_shares AS s
    INNER JOIN matched.payables AS p ON p.payable_id = s.payable_id
)
SELECT
    e.event_id, e.city_code, e.payment_id, e.payable_id, e.bank_line_id, e.event, e.event_on,
    CAST(e.signed_yuan AS DECIMAL(18, 2)) AS amount_yuan,
    e.budget_year, e.project_name, e.figure_source AS fund_source, e.unit_code, e.aid_category, e.campaign,
    e.household_id, e.person_key, e.is_direct, e.is_reissue
FROM events AS e
WHERE e.budget_year IS NOT NULL
ORDER BY e.event_id
