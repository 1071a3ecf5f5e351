-- 资料齐全情况
-- Grain: one row per batch or notice, document kind and document.
-- Empty until documents and 资料目录表 are received (kind documents).
SELECT
    CAST(NULL AS VARCHAR) AS city_code,
    CAST(NULL AS VARCHAR) AS batch_no,
    CAST(NULL AS VARCHAR) AS notice_no,
    CAST(NULL AS VARCHAR) AS fund_source,
    CAST(NULL AS VARCHAR) AS unit_code,
    CAST(NULL AS VARCHAR) AS document_kind,
    CAST(NULL AS BOOLEAN) AS is_present,
    CAST(NULL AS VARCHAR) AS sha256,
    CAST(NULL AS VARCHAR) AS keeper
WHERE FALSE
ORDER BY city_code, unit_code, batch_no, notice_no, fund_source, document_kind, sha256
