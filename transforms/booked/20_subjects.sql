-- Which accounting subjects are money at a bank, and at which of the unit's accounts.
-- Grain: one row per unit, subject code and name of kind bank or zero_balance. What a subject is, the longest code of
-- the policy with which its code begins says, on the day of its last voucher. account_key, by the strongest that
-- names one account alone (evidence): digits, the last four of the account in the name; bank, and the kind of account
-- where several are there; type, the kind of account (专户); only, the unit's one account of that nature. A name that
-- speaks of another bank or other digits names none; NULL then.
-- Reads: facts.journal, facts.accounts, policy.subjects, policy.bank_words, policy.labels.
WITH used AS (
    SELECT city_code, unit_code, subject_code, subject_name, MAX(voucher_on) AS last_on
    FROM facts.journal
    GROUP BY city_code, unit_code, subject_code, subject_name
),
kinds AS (
    SELECT
        u.*, p.subject_kind,
        ROW_NUMBER() OVER (
            PARTITION BY u.unit_code, u.subject_code, u.subject_name ORDER BY LENGTH(p.code) DESC, p.subject
        ) AS choice
    FROM used AS u
    INNER JOIN policy.subjects AS p
        ON STARTS_WITH(u.subject_code, p.code) AND p.applies_from <= u.last_on AND u.last_on < p.applies_to
),
money AS (
    SELECT city_code, unit_code, subject_code, subject_name, subject_kind
    FROM kinds
    WHERE choice = 1 AND subject_kind IN ('bank', 'zero_balance')
),
account_banks AS (
    SELECT DISTINCT a.account_key, w.bank
    FROM facts.accounts AS a
    INNER JOIN policy.bank_words AS w ON STRPOS(a.bank_name, w.word) > 0
),
subject_banks AS (
    SELECT DISTINCT m.subject_name, w.bank
    FROM money AS m
    INNER JOIN policy.bank_words AS w ON STRPOS(m.subject_name, w.word) > 0
),
type_words AS (
    SELECT code AS account_type, label_zh AS word
    FROM policy.labels
    WHERE domain = 'account_type' AND document_set = 'default' AND code <> 'other'
),
candidates AS (
    SELECT
        m.unit_code, m.subject_code, m.subject_name, a.account_key,
        STRPOS(m.subject_name, RIGHT(a.account_no, 4)) > 0 AS is_by_digits,
        REGEXP_MATCHES(REGEXP_REPLACE(m.subject_name, '20[0-9][0-9]年?', ''), '[0-9][0-9][0-9][0-9]') AS has_digits,
        EXISTS (
            SELECT 1 FROM subject_banks AS s
            INNER JOIN account_banks AS b ON b.bank = s.bank
            WHERE s.subject_name = m.subject_name AND b.account_key = a.account_key
        ) AS is_by_bank,
        EXISTS (SELECT 1 FROM subject_banks AS s WHERE s.subject_name = m.subject_name) AS has_bank,
        EXISTS (
            SELECT 1 FROM type_words AS t
            WHERE t.account_type = a.account_type AND STRPOS(m.subject_name, t.word) > 0
        ) AS is_by_type,
        EXISTS (SELECT 1 FROM type_words AS t WHERE STRPOS(m.subject_name, t.word) > 0) AS has_type
    FROM money AS m
    INNER JOIN facts.accounts AS a
        ON a.unit_code = m.unit_code AND (a.account_type = 'zero_balance') = (m.subject_kind = 'zero_balance')
),
fitting AS ( -- each account once for each kind of evidence that speaks for it, and nothing against it
    SELECT unit_code, subject_code, subject_name, account_key, 1 AS strength, 'digits' AS evidence
    FROM candidates WHERE is_by_digits
    UNION ALL
    SELECT unit_code, subject_code, subject_name, account_key, 2, 'bank'
    FROM candidates WHERE is_by_bank AND NOT has_digits AND is_by_type
    UNION ALL
    SELECT unit_code, subject_code, subject_name, account_key, 3, 'bank'
    FROM candidates WHERE is_by_bank AND NOT has_digits
    UNION ALL
    SELECT unit_code, subject_code, subject_name, account_key, 4, 'type'
    FROM candidates WHERE is_by_type AND NOT has_digits AND NOT has_bank
    UNION ALL
    SELECT unit_code, subject_code, subject_name, account_key, 5, 'only'
    FROM candidates WHERE NOT has_digits AND NOT has_bank AND NOT (has_type AND NOT is_by_type)
),
alone AS (
    SELECT unit_code, subject_code, subject_name, strength, MIN(evidence) AS evidence, MIN(account_key) AS account_key
    FROM fitting
    GROUP BY unit_code, subject_code, subject_name, strength
    HAVING COUNT(*) = 1
),
strongest AS (
    SELECT a.*, ROW_NUMBER() OVER (PARTITION BY unit_code, subject_code, subject_name ORDER BY strength) AS choice
    FROM alone AS a
)
SELECT m.city_code, m.unit_code, m.subject_code, m.subject_name, m.subject_kind, s.account_key, s.evidence
FROM money AS m
LEFT JOIN strongest AS s
    ON s.unit_code = m.unit_code AND s.subject_code = m.subject_code AND s.subject_name = m.subject_name
    AND s.choice = 1
ORDER BY m.unit_code, m.subject_code, m.subject_name
