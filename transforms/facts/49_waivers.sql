-- Current facts of kind waivers: what people decided about findings. Their unit is whoever sent them.
-- Grain: one row per decision that stands; columns as validated.waivers, with the unit of the sender.
-- Reads: validated.waivers, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.waivers AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
