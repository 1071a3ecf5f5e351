-- S.unknown_document: lines of 资料目录表, by unit.
SELECT
    'S.unknown_document' AS rule_id, unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM facts.documents
GROUP BY unit_code
