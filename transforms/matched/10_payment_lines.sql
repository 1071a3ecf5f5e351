-- Roster lines as payments to be, before any bank line is looked at.
-- Grain: one row per roster line in the books, and per held line with a readable amount (is_held), of which something else may
-- be missing. is_counted: it stands in the control sum of its list.
-- budget_year: the notice's; without one the batch's own, else that of its 指标文号; never guessed from a date.
-- project_name: the notice's, else the 指标文号's, else the only project of that source and year.
-- A notice may serve several projects, one source each: what its lines of that source say (of that source and category
-- first) holds before what the whole notice says; where its lines disagree it says nothing.
-- Reads: facts.current, matched.held_lines, validated.rosters, facts.allotments, facts.budgets, matched.only_projects,
-- policy.source_rows, matched.household_members.
WITH lines AS (
    SELECT v.*, c.unit_code, FALSE AS is_held, TRUE AS is_counted, SPLIT_PART(c.fact_key, ':', 2) AS told_apart_by
    FROM validated.rosters AS v
    INNER JOIN facts.current AS c ON c.row_id = v.row_id
    UNION ALL
    SELECT v.*, h.unit_code, TRUE AS is_held, h.is_counted, h.held_key
    FROM validated.rosters AS v
    INNER JOIN matched.held_lines AS h ON h.row_id = v.row_id AND h.has_amount
),
notice_lines AS (
    SELECT
        a.notice_no, COALESCE(s.figure_source, a.fund_source) AS figure_source, a.aid_category, a.budget_year,
        a.project_name
    FROM facts.allotments AS a
    LEFT JOIN policy.source_rows AS s ON s.fund_source = a.fund_source
    WHERE a.notice_no IS NOT NULL
),
notice_words AS (
    SELECT notice_no, figure_source, aid_category, budget_year, project_name
    FROM notice_lines
    WHERE aid_category IS NOT NULL
    UNION ALL
    SELECT notice_no, figure_source, '*', budget_year, project_name FROM notice_lines
    UNION ALL
    SELECT notice_no, '*', '*', budget_year, project_name FROM notice_lines
),
notices AS (
    SELECT
        notice_no, figure_source, aid_category,
        CASE WHEN COUNT(DISTINCT budget_year) = 1 THEN MIN(budget_year) END AS budget_year,
        CASE WHEN COUNT(DISTINCT project_name) = 1 THEN MIN(project_name) END AS project_name
    FROM notice_words
    GROUP BY notice_no, figure_source, aid_category
),
quotas AS (
    SELECT quota_no, MIN(budget_year) AS budget_year, MIN(project_name) AS project_name
    FROM facts.budgets
    WHERE quota_no IS NOT NULL
    GROUP BY quota_no
    HAVING COUNT(DISTINCT budget_year) = 1
),
dated AS (
    SELECT
        l.*,
        COALESCE(c.budget_year, t.budget_year, n.budget_year, l.budget_year, q.budget_year) AS year_of_money,
        COALESCE(c.project_name, t.project_name, n.project_name, q.project_name) AS named_project,
        COALESCE(s.figure_source, l.fund_source) AS figure_source,
        COALESCE(l.paid_on, l.planned_on) AS pay_on
    FROM lines AS l
    LEFT JOIN policy.source_rows AS s ON s.fund_source = l.fund_source
    LEFT JOIN notices AS c
        ON c.notice_no = l.notice_no AND c.figure_source = s.figure_source AND c.aid_category = l.aid_category
    LEFT JOIN notices AS t ON t.notice_no = l.notice_no AND t.figure_source = s.figure_source AND t.aid_category = '*'
    LEFT JOIN notices AS n ON n.notice_no = l.notice_no AND n.figure_source = '*'
    LEFT JOIN quotas AS q ON q.quota_no = l.quota_no
)
SELECT
    d.row_id, d.receipt_id, d.source_file, d.sheet, d.row_no, d.city_code,
    SUBSTR(SHA256(CONCAT_WS('|',
        d.unit_code, d.batch_no, COALESCE(d.person_key, d.name_key), d.aid_category, COALESCE(d.student_key, ''),
        CAST(d.amount_yuan AS VARCHAR), CAST(d.occurrence AS VARCHAR),
        COALESCE(d.told_apart_by, '')
    )), 1, 16) AS payment_id,
    d.unit_code, d.batch_no, d.notice_no,
    COALESCE(d.named_project, o.project_name) AS project_name,
    d.year_of_money AS budget_year,
    d.fund_source, d.figure_source, d.aid_category, d.campaign,
    COALESCE(h.household_id, d.person_key, d.name_key) AS household_id,
    d.person_key, d.name_key, d.name AS person_name, COALESCE(d.card_holder, d.name) AS payee_name,
    d.id_number, d.file_no, d.student_key, d.card_key, d.card_no,
    d.occurrence, d.amount_yuan, d.pay_on, d.is_held, d.is_counted,
    CASE
        WHEN d.notice_no IS NOT NULL THEN FALSE
        ELSE COALESCE(d.payment_channel, 'direct') = 'direct'
    END AS is_direct
FROM dated AS d
LEFT JOIN matched.only_projects AS o ON o.budget_year = d.year_of_money AND o.figure_source = d.figure_source
LEFT JOIN matched.household_members AS h
    ON h.person_key = d.person_key
    AND h.year = COALESCE(d.year_of_money, CAST(EXTRACT(YEAR FROM d.pay_on) AS INTEGER))
ORDER BY payment_id
