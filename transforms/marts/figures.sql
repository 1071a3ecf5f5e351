-- 报告数字
-- Grain: one row per figure and cutoff.
-- Empty until reports record their figures (reports/figures).
SELECT
    CAST(NULL AS VARCHAR) AS city_code,
    CAST(NULL AS VARCHAR) AS figure_id,
    CAST(NULL AS VARCHAR) AS label_zh,
    CAST(NULL AS VARCHAR) AS value,
    CAST(NULL AS VARCHAR) AS unit,
    CAST(NULL AS VARCHAR) AS cutoff,
    CAST(NULL AS VARCHAR) AS sql,
    CAST(NULL AS BIGINT) AS source_row_count
WHERE FALSE
ORDER BY city_code, figure_id, cutoff
