-- What people chose in a 对账待办 (decisions), with what contradicts it.
-- Grain: one row per choice that stands, held ones among them; columns as facts.decisions. is_disputed: another file, or the same one, says otherwise of the item in the same moment: nobody knows which is meant.
-- Reads: validated.decisions, facts.standing, facts.current.
WITH standing AS (
    SELECT v.*, s.unit_code, s.fact_key, s.ingest_no, c.row_id IS NOT NULL AS is_current
    FROM validated.decisions AS v
    INNER JOIN facts.standing AS s ON s.row_id = v.row_id
    LEFT JOIN facts.current AS c ON c.row_id = v.row_id
),
ordered AS ( -- each file's answer on each item; the same choice twice is one
    SELECT DISTINCT
        item_id, receipt_id, choice, CASE WHEN choice = 'chosen' THEN COALESCE(candidate_id, '') END AS chosen_id
    FROM standing
),
answers AS (
    SELECT
        item_id, receipt_id, COUNT(DISTINCT choice) AS choice_count,
        STRING_AGG(CONCAT_WS(':', choice, chosen_id), '|' ORDER BY choice, chosen_id) AS answer
    FROM ordered
    GROUP BY item_id, receipt_id
),
items AS (
    SELECT item_id, COUNT(DISTINCT answer) > 1 OR MAX(choice_count) > 1 AS is_disputed
    FROM answers
    GROUP BY item_id
)
SELECT
    t.row_id, t.receipt_id, t.source_file, t.sheet, t.row_no, t.city_code, t.choice, t.decided_by, t.decided_on,
    t.decision_note, t.pair_mark, t.item_id, t.candidate_id, t.bank_line_id, t.payment_id, t.list_id,
    t.unit_code, t.fact_key, t.ingest_no, i.is_disputed
FROM standing AS t
INNER JOIN items AS i ON i.item_id = t.item_id
WHERE t.is_current OR i.is_disputed
ORDER BY t.row_id
