-- 结账障碍三: days without a statement, on accounts in use whose statements are full (全量, also where nothing is said).
-- Grain: one row per budget year, cutoff, account and unbroken run of days (from_on … to_on, both included).
-- Days whose gap has been waived are missed no more.
-- Without any such account nothing is known of the bank beyond the last booking date: then the days after it are missing.
-- Reads: facts.accounts, facts.coverage, facts.cutoffs, facts.as_of, facts.statement_gaps, judged.findings.
WITH spans AS (
    SELECT
        c.city_code, c.budget_year, c.cutoff, a.account_key, a.unit_code, SUBSTR(a.account_no, -4, 4) AS account_last4,
        GREATEST(make_date(c.budget_year, 1, 1), COALESCE(a.enabled_on, make_date(c.budget_year, 1, 1))) AS first_on,
        LEAST(c.cutoff_on, COALESCE(a.disabled_on, c.cutoff_on)) AS last_on
    FROM facts.cutoffs AS c
    INNER JOIN facts.accounts AS a
        ON a.city_code = c.city_code AND COALESCE(a.statement_scope, 'full') = 'full'
    WHERE c.cutoff IN ('fiscal', 'extended')
),
in_use AS (
    SELECT * FROM spans WHERE first_on <= last_on
),
answered AS (
    SELECT account_key, covered_from, covered_to FROM facts.coverage
    UNION ALL
    SELECT g.account_key, g.from_on, g.to_on
    FROM facts.statement_gaps AS g
    INNER JOIN judged.findings AS f
        ON f.detail = 'R18.gap' AND f.status = 'waived'
        AND f.subject_key = CONCAT_WS('|', 'gap', g.account_key, CAST(g.from_on AS VARCHAR))
),
known AS (
    SELECT s.budget_year, s.cutoff, s.account_key, v.covered_from, v.covered_to
    FROM in_use AS s
    INNER JOIN answered AS v
        ON v.account_key = s.account_key AND v.covered_to >= s.first_on AND v.covered_from <= s.last_on
),
edges AS ( -- a run of missing days begins at the start of the span or the day after what is known
    SELECT budget_year, cutoff, account_key, first_on AS from_on FROM in_use
    UNION
    SELECT budget_year, cutoff, account_key, CAST(covered_to + INTERVAL '1' DAY AS DATE) FROM known
),
nexts AS (
    SELECT e.budget_year, e.cutoff, e.account_key, e.from_on, MIN(n.covered_from) AS known_from
    FROM edges AS e
    LEFT JOIN known AS n
        ON n.budget_year = e.budget_year AND n.cutoff = e.cutoff AND n.account_key = e.account_key
        AND n.covered_to >= e.from_on
    GROUP BY e.budget_year, e.cutoff, e.account_key, e.from_on
),
runs AS (
    SELECT
        s.*, n.from_on,
        LEAST(s.last_on, COALESCE(CAST(n.known_from - INTERVAL '1' DAY AS DATE), s.last_on)) AS to_on
    FROM in_use AS s
    INNER JOIN nexts AS n
        ON n.budget_year = s.budget_year AND n.cutoff = s.cutoff AND n.account_key = s.account_key
),
missing AS (
    SELECT city_code, budget_year, cutoff, account_key, unit_code, account_last4, from_on, to_on
    FROM runs
    WHERE from_on <= to_on
    UNION ALL
    SELECT
        c.city_code, c.budget_year, c.cutoff, '', CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
        GREATEST(
            make_date(c.budget_year, 1, 1),
            COALESCE(CAST(d.as_of_on + INTERVAL '1' DAY AS DATE), make_date(c.budget_year, 1, 1))
        ),
        c.cutoff_on
    FROM facts.cutoffs AS c
    LEFT JOIN facts.as_of AS d ON d.city_code = c.city_code
    LEFT JOIN in_use AS s ON s.budget_year = c.budget_year AND s.cutoff = c.cutoff
    WHERE c.cutoff IN ('fiscal', 'extended') AND s.account_key IS NULL
        AND (d.as_of_on IS NULL OR d.as_of_on < c.cutoff_on)
)
SELECT
    city_code, budget_year, cutoff, 'uncovered_days' AS obstacle, unit_code,
    CAST(NULL AS VARCHAR) AS source_file, CAST(NULL AS VARCHAR) AS sheet, CAST(NULL AS INTEGER) AS row_no,
    account_key AS subject_id, from_on, to_on, CAST(NULL AS DECIMAL(18, 2)) AS amount_yuan,
    'uncovered_days' AS code, COALESCE(CONCAT('尾号', account_last4), '') AS said_zh
FROM missing
ORDER BY budget_year, cutoff, unit_code, account_key, from_on
