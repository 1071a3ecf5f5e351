-- Whose card each payment goes to: 持卡人, without one the person himself.
-- Grain: one row per roster line in the books that the bank neither refused nor sent back.
-- missing_input: why nothing can be said. Else verdict: stranger (the payee is neither the person nor the student nor anybody
-- of the household's case files; a person in no file is his own household), other_card (one of them, but the card stands in
-- none of these files, although one of them states a card), or NULL. A card to which a returned payment is paid again is new
-- by nature.
-- Reads: matched.payments, facts.rosters, matched.payment_files, matched.case_people, matched.uncertain_people,
-- facts.households, facts.id_faults.
WITH lines AS (
    SELECT
        p.payment_id, p.row_id, p.unit_code, p.batch_no, p.notice_no, p.person_key, p.student_key, p.card_key, p.reissue_of,
        COALESCE(r.card_holder, r.name) AS payee_name, r.name AS person_name, r.card_no,
        REPLACE(COALESCE(r.card_holder, r.name), ' ', '') AS plain_payee, REPLACE(r.name, ' ', '') AS plain_name,
        REPLACE(r.student_name, ' ', '') AS plain_student
    FROM matched.payments AS p
    INNER JOIN facts.rosters AS r ON r.row_id = p.row_id
    WHERE p.status NOT IN ('held', 'failed', 'returned')
),
family AS (
    SELECT DISTINCT f.payment_id, c.person_name
    FROM matched.payment_files AS f
    INNER JOIN matched.case_people AS c ON c.unit_code = f.file_unit_code AND c.file_no = f.file_no
),
cards AS (
    SELECT DISTINCT f.payment_id, h.card_key
    FROM matched.payment_files AS f
    INNER JOIN facts.households AS h ON h.unit_code = f.file_unit_code AND h.file_no = f.file_no
    WHERE h.card_key IS NOT NULL
),
compared AS (
    SELECT
        l.*,
        l.plain_payee = l.plain_name OR COALESCE(l.plain_payee = l.plain_student, FALSE) OR a.payment_id IS NOT NULL AS is_known,
        EXISTS (SELECT 1 FROM cards AS c WHERE c.payment_id = l.payment_id) AS has_card,
        EXISTS (SELECT 1 FROM cards AS c WHERE c.payment_id = l.payment_id AND c.card_key = l.card_key) AS is_card_known
    FROM lines AS l
    LEFT JOIN family AS a ON a.payment_id = l.payment_id AND a.person_name = l.plain_payee
),
sorted AS (
    SELECT
        c.*,
        CASE
            WHEN c.person_key IS NULL OR EXISTS (
                SELECT 1 FROM facts.id_faults AS i WHERE i.row_id = c.row_id AND i.field = 'id_number'
            ) THEN 'id_number'
            WHEN c.is_known THEN CAST(NULL AS VARCHAR)
            WHEN EXISTS (
                SELECT 1 FROM matched.uncertain_people AS u
                WHERE u.person_key = c.person_key OR u.person_key = c.student_key
                    OR (u.person_name IN (c.plain_name, c.plain_payee) AND COALESCE(u.unit_code, c.unit_code) = c.unit_code)
            ) THEN 'case_file_row'
            WHEN NOT EXISTS (SELECT 1 FROM matched.payment_files AS f WHERE f.payment_id = c.payment_id)
                AND NOT EXISTS (SELECT 1 FROM facts.households AS h WHERE h.unit_code = c.unit_code) THEN 'households'
        END AS missing_input
    FROM compared AS c
)
SELECT
    payment_id, row_id, unit_code, batch_no, notice_no, payee_name, person_name, card_no, missing_input,
    CASE
        WHEN missing_input IS NOT NULL THEN CAST(NULL AS VARCHAR)
        WHEN NOT is_known THEN 'stranger'
        WHEN has_card AND card_key IS NOT NULL AND NOT is_card_known AND reissue_of IS NULL THEN 'other_card'
    END AS verdict
FROM sorted
ORDER BY payment_id
