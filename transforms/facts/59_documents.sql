-- Current facts of kind documents.
-- Grain: one row per line of a 资料目录表 that stands; columns as validated.documents, with the unit that it belongs to.
-- Reads: validated.documents, facts.current.
SELECT v.*, c.unit_code, c.fact_key
FROM validated.documents AS v
INNER JOIN facts.current AS c ON c.row_id = v.row_id
ORDER BY v.row_id
