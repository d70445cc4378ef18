-- Fingerprint of what a span says, to tell a repeated span from another one under the same id. Unknown for older rows.
ALTER TABLE span_payloads ADD COLUMN content_hash BIGINT;

-- Spans that were not stored, one row for all of one sender, reason and minute. Bounded: the oldest rows go.
CREATE TABLE rejections (
    id           BIGINT PRIMARY KEY,
    project_name TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    message      TEXT   NOT NULL,
    protocol     TEXT   NOT NULL,
    service_name TEXT   NOT NULL,
    sdk          TEXT   NOT NULL,
    user_agent   TEXT   NOT NULL,
    span_count   BIGINT NOT NULL,
    first_ns     BIGINT NOT NULL,
    last_ns      BIGINT NOT NULL,
    samples      TEXT   NOT NULL,
    byte_size    INTEGER NOT NULL
);
CREATE INDEX ix_rejections_project ON rejections (project_name, id);
