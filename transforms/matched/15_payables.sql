-- What is to be paid to others than persons: 慰问品采购, and the money of 集体慰问.
-- Grain: one row per line of a purchase in the books, and per collective visit that states 慰问金额. bill_key: what is
-- billed at once, an invoice or a visit, over its sources. due_on: the stated day of payment or of the visit; near_on:
-- it, else the day of acceptance. is_direct: the federation itself pays. budget_year of a visit: its own, else that of
-- the list which its 批次号 names, else of the purchase which its 采购批次号 names (of its unit, else of the federation); never
-- guessed from a date. project_name: stated, else the only one of source and year.
-- Reads: facts.purchases, facts.visits, facts.units, matched.payment_lines, matched.only_projects, policy.source_rows.
WITH list_years AS (
    SELECT unit_code, batch_no, MIN(budget_year) AS budget_year
    FROM matched.payment_lines
    WHERE NOT is_held
    GROUP BY unit_code, batch_no
    HAVING COUNT(DISTINCT budget_year) = 1
),
purchase_years AS (
    SELECT p.unit_code, u.is_own, p.purchase_batch_no, MIN(p.budget_year) AS budget_year
    FROM facts.purchases AS p
    INNER JOIN facts.units AS u ON u.unit_code = p.unit_code
    GROUP BY p.unit_code, u.is_own, p.purchase_batch_no
    HAVING COUNT(DISTINCT p.budget_year) = 1
),
stated AS (
    SELECT
        p.row_id, p.receipt_id, p.source_file, p.sheet, p.row_no, p.city_code, p.unit_code, p.fact_key,
        'purchases' AS kind, p.purchase_batch_no AS batch_no, p.campaign, p.supplier_name AS payee_name,
        p.payee_account_no, p.payee_account_key, p.contract_no, p.invoice_no, p.fund_source,
        CAST(p.budget_year AS INTEGER) AS budget_year, p.project_name, p.amount_yuan,
        p.paid_on AS due_on, COALESCE(p.paid_on, p.accepted_on) AS near_on,
        CONCAT_WS('|', 'purchases', p.supplier_name, p.invoice_no) AS bill_key
    FROM facts.purchases AS p
    UNION ALL
    SELECT
        v.row_id, v.receipt_id, v.source_file, v.sheet, v.row_no, v.city_code, v.unit_code, v.fact_key,
        'visits', v.batch_no, v.campaign, v.name,
        NULL, NULL, NULL, NULL, v.fund_source,
        CAST(COALESCE(v.budget_year, l.budget_year, p.budget_year, o.budget_year) AS INTEGER), v.project_name,
        v.cash_yuan,
        v.visited_on, v.visited_on,
        CONCAT_WS('|', 'visits', v.name, v.campaign, CAST(v.visited_on AS VARCHAR))
    FROM facts.visits AS v
    LEFT JOIN list_years AS l ON l.unit_code = v.unit_code AND l.batch_no = v.batch_no
    LEFT JOIN purchase_years AS p
        ON p.unit_code = v.unit_code AND p.purchase_batch_no = v.purchase_batch_no
    LEFT JOIN purchase_years AS o ON o.is_own AND o.purchase_batch_no = v.purchase_batch_no
    WHERE v.object_type = 'collective' AND v.cash_yuan > 0
)
SELECT
    s.row_id, s.receipt_id, s.source_file, s.sheet, s.row_no, s.city_code,
    SUBSTR(SHA256(CONCAT_WS('|', s.kind, s.unit_code, s.fact_key)), 1, 16) AS payable_id,
    s.kind, s.unit_code, s.batch_no, s.campaign, s.payee_name, s.payee_account_no, s.payee_account_key,
    s.contract_no, s.invoice_no, s.bill_key, s.fund_source, COALESCE(r.figure_source, s.fund_source) AS figure_source,
    s.budget_year, COALESCE(s.project_name, o.project_name) AS project_name, s.amount_yuan, s.due_on, s.near_on,
    COALESCE(u.is_own, FALSE) AS is_direct
FROM stated AS s
LEFT JOIN policy.source_rows AS r ON r.fund_source = s.fund_source
LEFT JOIN matched.only_projects AS o
    ON o.budget_year = s.budget_year AND o.figure_source = COALESCE(r.figure_source, s.fund_source)
LEFT JOIN facts.units AS u ON u.unit_code = s.unit_code
ORDER BY payable_id
