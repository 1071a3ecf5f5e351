-- The dated policy, workspace over shipped; replaced as a whole at each settling.
CREATE SCHEMA policy;

CREATE TABLE policy.parameters (
    parameter VARCHAR NOT NULL,
    applies_from DATE NOT NULL,
    applies_to DATE NOT NULL,
    number DECIMAL(18,6),
    text VARCHAR,
    unit VARCHAR,
    is_confirmed BOOLEAN NOT NULL,
    reference VARCHAR,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.fund_sources (
    fund_source VARCHAR NOT NULL,
    label_zh VARCHAR NOT NULL,
    level VARCHAR,
    form_row VARCHAR,
    carry_over VARCHAR,
    sort_order INTEGER NOT NULL,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.source_rows (
    fund_source VARCHAR NOT NULL,
    figure_source VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.arrival_modes (
    arrival_mode VARCHAR NOT NULL,
    label_zh VARCHAR NOT NULL,
    needs_credit BOOLEAN NOT NULL,
    sign INTEGER NOT NULL,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.terms (
    purpose VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.campaign_groups (
    campaign VARCHAR NOT NULL,
    campaign_group VARCHAR NOT NULL,
    window_basis VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.new_year_eves (
    year INTEGER NOT NULL,
    eve_on DATE NOT NULL,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.labels (
    domain VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    label_zh VARCHAR NOT NULL,
    document_set VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);

CREATE TABLE policy.rule_modes (
    rule_id VARCHAR NOT NULL,
    unit_code VARCHAR,
    mode VARCHAR NOT NULL CHECK (mode IN ('off', 'observe', 'on')),
    city_code VARCHAR NOT NULL
);
