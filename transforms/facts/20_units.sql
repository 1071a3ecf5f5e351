-- The units of the federation, its own among them.
-- Grain: one row per unit_code. The federation itself is there before any 单位表 arrives; its code is then the region's.
-- Reads: facts.readable, validated.units, run.parameters. Of several versions the latest moment's holds.
WITH versions AS (
    SELECT
        u.*,
        ROW_NUMBER() OVER (PARTITION BY r.fact_key ORDER BY r.ingest_no DESC, r.receipt_id, u.row_no) AS version_rank
    FROM validated.units AS u
    INNER JOIN facts.readable AS r ON r.row_id = u.row_id
),
registered AS (
    SELECT * FROM versions WHERE version_rank = 1
),
own AS (
    SELECT p.city_code, p.unit_name, p.region_code
    FROM run.parameters AS p
    WHERE NOT EXISTS (SELECT 1 FROM registered AS g WHERE g.unit_name = p.unit_name)
)
SELECT
    row_id, receipt_id, source_file, sheet, row_no, city_code,
    unit_code, unit_name, region_code, parent_unit_code, unit_type,
    unit_name = (SELECT p.unit_name FROM run.parameters AS p) AS is_own
FROM registered
UNION ALL
SELECT
    CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS INTEGER),
    city_code, region_code, unit_name, region_code, CAST(NULL AS VARCHAR), 'city', TRUE
FROM own
ORDER BY unit_code
