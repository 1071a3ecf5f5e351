-- 绩效指标
-- Grain: one row per budget year, project and third-level indicator.
-- Empty until 绩效目标申报表 is received (kind targets).
SELECT
    CAST(NULL AS VARCHAR) AS city_code,
    CAST(NULL AS INTEGER) AS budget_year,
    CAST(NULL AS VARCHAR) AS project_name,
    CAST(NULL AS VARCHAR) AS level1,
    CAST(NULL AS VARCHAR) AS level2,
    CAST(NULL AS VARCHAR) AS level3,
    CAST(NULL AS VARCHAR) AS target_value,
    CAST(NULL AS VARCHAR) AS actual_value,
    CAST(NULL AS DECIMAL(9, 6)) AS max_score,
    CAST(NULL AS DECIMAL(9, 6)) AS score,
    CAST(NULL AS VARCHAR) AS deviation_reason
WHERE FALSE
ORDER BY city_code, budget_year, project_name, level1, level2, level3
