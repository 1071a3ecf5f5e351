-- S.unknown_document: lines of a 资料目录表 that name no received document, or more than one; documents of which lines
-- of one moment say different things. Papers that are kept somewhere and were never scanned are a remark. The file may come
-- later: the finding then closes by itself.
-- Reads: facts.documents, facts.catalogued.
SELECT
    CASE
        WHEN c.is_disputed THEN 'S.document_twice'
        WHEN c.candidate_count > 1 THEN 'S.ambiguous_document'
        WHEN v.storage_place IS NOT NULL THEN 'S.listed_on_paper'
        ELSE 'S.unknown_document'
    END AS rule_id,
    v.unit_code, 'documents' AS kind, v.row_id, 'file_name' AS field, v.file_name AS value_text,
    CONCAT_WS('|', 'documents', v.unit_code, v.fact_key) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, CAST(NULL AS VARCHAR) AS notice_no,
    v.file_name AS arg1,
    CASE WHEN c.candidate_count > 1 THEN CAST(c.candidate_count AS VARCHAR) ELSE v.storage_place END AS arg2,
    CAST(NULL AS VARCHAR) AS arg3, CAST(NULL AS VARCHAR) AS arg4, CAST(NULL AS VARCHAR) AS arg5,
    CAST(NULL AS VARCHAR) AS arg6
FROM facts.documents AS v
INNER JOIN facts.catalogued AS c ON c.row_id = v.row_id
WHERE c.receipt_id IS NULL OR c.is_disputed
