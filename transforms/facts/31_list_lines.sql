-- Lines of payment lists that were sent as a whole, with the version of their list that they are in.
-- Grain: one row per line, understood or not. version_no: n-th list of this sender, batch and unit; NULL while the unit is not
-- known.
-- Reads: facts.typed_rows, facts.row_owners, validated.rosters.
SELECT
    t.row_id, t.sender, t.scope_key, t.ingest_no, t.receipt_id, t.fact_key, o.unit_code,
    v.person_key, v.name_key, v.card_key, v.amount_yuan, v.batch_no, v.paid_on, COALESCE(v.paid_on, v.planned_on) AS pay_on,
    CASE
        WHEN o.unit_code IS NOT NULL
            THEN DENSE_RANK() OVER (PARTITION BY t.sender, t.scope_key, o.unit_code ORDER BY t.ingest_no)
    END AS version_no
FROM facts.typed_rows AS t
INNER JOIN validated.rosters AS v ON v.row_id = t.row_id
LEFT JOIN facts.row_owners AS o ON o.row_id = t.row_id
WHERE NOT t.is_returned
ORDER BY t.row_id
