-- 单位
-- Grain: one row per unit; the federation itself is there before any 单位表, then without a source file.
-- Reads: facts.units.
SELECT
    city_code, unit_code, unit_name, region_code, parent_unit_code, unit_type, source_file, sheet, row_no
FROM facts.units
ORDER BY city_code, unit_code
