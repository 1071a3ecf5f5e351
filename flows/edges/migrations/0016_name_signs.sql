-- Characters that count as another, or as none, when names are compared.
CREATE TABLE policy.name_signs (
    written VARCHAR NOT NULL,
    plain VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL
);
