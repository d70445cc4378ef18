-- What admins decide while the server runs. What is not here has its default.
CREATE TABLE system_settings (
    key           TEXT   PRIMARY KEY,
    value         TEXT   NOT NULL,
    updated_at_ns BIGINT NOT NULL,
    updated_by    BIGINT
);
