-- 先建档后帮扶: on what case file each line of help rests, as far as that can be said.
-- Grain: one row per roster line other than 送温暖 that is in the books and was not refused by the bank.
-- missing_input: why nothing can be said (no sound ID number, no date, no 档案表 of the unit yet, or the person's own row there
-- has a finding). Else verdict: no_file, late_file (opened after the day), closed_file, or NULL. The day is the bank's, else
-- the list's. A file is open from its earliest period until it is closed, to the end of its 渐退期; how much later it may be
-- opened, and how long after closing help may go on, is policy on that day.
-- Reads: matched.payments, matched.payment_files, matched.uncertain_people, facts.id_faults, facts.households, policy.parameters.
WITH lines AS (
    SELECT p.*, COALESCE(p.value_on, p.pay_on) AS helped_on, REPLACE(p.person_name, ' ', '') AS plain_name
    FROM matched.payments AS p
    WHERE p.aid_category <> 'warmth_visit' AND p.status NOT IN ('held', 'failed')
),
days AS (
    SELECT DISTINCT helped_on FROM lines
),
allowed AS (
    SELECT
        d.helped_on,
        COALESCE(MAX(CASE WHEN a.parameter = 'case_files.late_filing_days' THEN CAST(a.number AS INTEGER) END), 0)
            AS late_days,
        COALESCE(MAX(CASE WHEN a.parameter = 'case_files.grace_days' THEN CAST(a.number AS INTEGER) END), 0) AS grace_days
    FROM days AS d
    LEFT JOIN policy.parameters AS a ON a.applies_from <= d.helped_on AND d.helped_on < a.applies_to
    GROUP BY d.helped_on
),
looked_at AS (
    SELECT
        l.payment_id, f.file_unit_code, f.opened_on, f.closed_on,
        CASE
            WHEN f.opened_on > CAST(l.helped_on + a.late_days * INTERVAL '1' DAY AS DATE) THEN 'late_file'
            WHEN l.helped_on >= CAST(f.closed_on + a.grace_days * INTERVAL '1' DAY AS DATE)
                AND l.helped_on > COALESCE(f.grace_until_on, CAST(f.closed_on - INTERVAL '1' DAY AS DATE)) THEN 'closed_file'
        END AS verdict,
        ABS(DATE_DIFF('day', l.helped_on, CASE WHEN f.opened_on > l.helped_on THEN f.opened_on ELSE f.closed_on END))
            AS days_apart,
        f.file_no
    FROM lines AS l
    INNER JOIN allowed AS a ON a.helped_on = l.helped_on
    INNER JOIN matched.payment_files AS f ON f.payment_id = l.payment_id
),
nearest AS (
    SELECT
        k.*,
        ROW_NUMBER() OVER (
            PARTITION BY k.payment_id
            ORDER BY CASE WHEN k.verdict IS NULL THEN 0 ELSE 1 END, k.days_apart, k.file_unit_code, k.file_no
        ) AS choice
    FROM looked_at AS k
),
known AS (
    SELECT
        l.payment_id,
        CASE
            WHEN l.person_key IS NULL OR EXISTS (
                SELECT 1 FROM facts.id_faults AS i WHERE i.row_id = l.row_id AND i.field = 'id_number'
            ) THEN 'id_number'
            WHEN l.helped_on IS NULL THEN 'pay_on'
            WHEN n.payment_id IS NOT NULL AND n.verdict IS NULL THEN CAST(NULL AS VARCHAR)
            WHEN EXISTS (
                SELECT 1 FROM matched.uncertain_people AS u
                WHERE u.person_key = l.person_key OR u.person_key = l.student_key
                    OR (u.person_name = l.plain_name AND COALESCE(u.unit_code, l.unit_code) = l.unit_code)
            ) THEN 'case_file_row'
            WHEN NOT EXISTS (SELECT 1 FROM facts.households AS h WHERE h.unit_code = l.unit_code) THEN 'households'
        END AS missing_input
    FROM lines AS l
    LEFT JOIN nearest AS n ON n.payment_id = l.payment_id AND n.choice = 1
)
SELECT
    l.payment_id, l.row_id, l.unit_code, l.batch_no, l.notice_no, l.person_name, l.helped_on, k.missing_input,
    CASE WHEN k.missing_input IS NULL THEN
        CASE WHEN n.payment_id IS NULL THEN 'no_file' ELSE n.verdict END
    END AS verdict,
    n.file_unit_code, n.opened_on, n.closed_on
FROM lines AS l
INNER JOIN known AS k ON k.payment_id = l.payment_id
LEFT JOIN nearest AS n ON n.payment_id = l.payment_id AND n.choice = 1
ORDER BY l.payment_id
