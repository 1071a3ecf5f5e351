-- What people decided about findings, with what the same sender said before about the same id: a decision that cannot hold
-- takes none back, and which of them can is judged.
-- Grain: one row per such word; columns as facts.waivers.
-- Reads: facts.waivers, validated.waivers, facts.supersessions, facts.typed_rows, facts.row_owners.
SELECT *
FROM facts.waivers
UNION ALL
SELECT v.*, o.unit_code, t.fact_key
FROM validated.waivers AS v
INNER JOIN facts.supersessions AS s ON s.row_id = v.row_id AND NOT s.is_by_token
INNER JOIN facts.typed_rows AS t ON t.row_id = v.row_id AND NOT t.is_rejected
INNER JOIN facts.row_owners AS o ON o.row_id = v.row_id
INNER JOIN facts.waivers AS w ON w.unit_code = o.unit_code AND w.fact_key = t.fact_key
ORDER BY row_id
