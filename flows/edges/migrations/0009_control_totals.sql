-- What a statement itself says that its lines add up to. Insert only. Money in yuan.
-- Grain: one row per sheet that states any total; what it does not state is NULL.
CREATE TABLE received.control_totals (
    receipt_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    in_count BIGINT,
    in_yuan DECIMAL(18,2),
    out_count BIGINT,
    out_yuan DECIMAL(18,2),
    line_count BIGINT,
    city_code VARCHAR NOT NULL
);
