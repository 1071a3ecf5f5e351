-- Days without a statement on an account whose statements are full: within the span of what was received, and after it
-- whole months whose statement is due.
-- Grain: one row per account and unbroken run of days (from_on … to_on, both included) in which the account was in use.
-- A month's statement is due on the day of the following month that policy says; uncovered days before a whole month
-- that is missing belong to the same run. As-of never makes an account covered, nor a statement overdue before its day.
-- Reads: facts.coverage, facts.accounts, facts.as_of, policy.parameters.
WITH due_days AS (
    SELECT MAX(CAST(p.number AS INTEGER)) AS due_day, MAX(a.as_of_on) AS as_of_on
    FROM policy.parameters AS p
    INNER JOIN facts.as_of AS a ON p.applies_from <= a.as_of_on AND a.as_of_on < p.applies_to
    WHERE p.parameter = 'statements.due_day'
),
month_ends AS (
    SELECT
        due_day, as_of_on,
        CAST(CAST(date_trunc('month', as_of_on) AS DATE) - INTERVAL '1' DAY AS DATE) AS last_month_on
    FROM due_days
),
due AS ( -- the last day of the last month whose statement should be here
    SELECT
        CASE
            WHEN EXTRACT(DAY FROM as_of_on) >= due_day THEN last_month_on
            ELSE CAST(CAST(date_trunc('month', last_month_on) AS DATE) - INTERVAL '1' DAY AS DATE)
        END AS due_to_on
    FROM month_ends
),
spans AS (
    SELECT
        a.city_code, a.account_key, a.unit_code, SUBSTR(a.account_no, -4, 4) AS account_last4, a.enabled_on,
        a.disabled_on, v.covered_to,
        LEAD(v.covered_from) OVER (PARTITION BY a.account_key ORDER BY v.covered_from) AS next_from
    FROM facts.coverage AS v
    INNER JOIN facts.accounts AS a ON a.account_key = v.account_key AND COALESCE(a.statement_scope, 'full') = 'full'
),
runs AS (
    SELECT
        s.*,
        CAST(s.covered_to + INTERVAL '1' DAY AS DATE) AS from_on,
        CASE
            WHEN s.next_from IS NOT NULL THEN CAST(s.next_from - INTERVAL '1' DAY AS DATE)
            WHEN LAST_DAY(CAST(LAST_DAY(s.covered_to) + INTERVAL '1' DAY AS DATE)) <= d.due_to_on THEN d.due_to_on
        END AS to_on
    FROM spans AS s
    CROSS JOIN due AS d
),
in_use AS (
    SELECT
        city_code, account_key, unit_code, account_last4,
        GREATEST(from_on, COALESCE(enabled_on, from_on)) AS from_on,
        LEAST(to_on, COALESCE(disabled_on, to_on)) AS to_on
    FROM runs
    WHERE to_on IS NOT NULL
)
SELECT city_code, account_key, unit_code, account_last4, from_on, to_on
FROM in_use
WHERE from_on <= to_on
ORDER BY account_key, from_on
