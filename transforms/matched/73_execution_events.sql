-- What moves `executed`: a payment on the day of the debit that pays it, less what came back on the day of its credit.
-- Grain: one row per payment paid, per payment returned and per refund; money without a budget year is in no execution figure.
-- Reads: matched.payments, matched.refunds.
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
)
SELECT
    CONCAT(m.payment_id, '.', m.event) AS event_id,
    m.city_code,
    m.payment_id,
    m.event_line_id AS bank_line_id,
    SPLIT_PART(m.event, '.', 1) AS event,
    m.event_on,
    CAST(m.signed_yuan AS DECIMAL(18, 2)) AS amount_yuan,
    m.budget_year,
    m.project_name,
    m.figure_source AS fund_source,
    m.unit_code,
    m.aid_category,
    m.campaign,
    m.household_id,
    COALESCE(m.person_key, m.name_key) AS person_key,
    m.is_direct,
    m.reissue_of IS NOT NULL AS is_reissue
FROM moved AS m
WHERE m.budget_year IS NOT NULL
ORDER BY event_id
