-- Times are nanoseconds since the epoch, UTC. OTel ids are text: lower-case hex from OTLP, verbatim from JSON.
-- Keys come in blocks from key_blocks; they are never reused.

CREATE TABLE key_blocks (
    name     TEXT PRIMARY KEY,
    next_key BIGINT NOT NULL
);

CREATE TABLE projects (
    id                   BIGINT PRIMARY KEY,
    name                 TEXT   NOT NULL UNIQUE,
    description          TEXT,
    gradient_start_color TEXT   NOT NULL,
    gradient_end_color   TEXT   NOT NULL,
    created_at_ns        BIGINT NOT NULL,
    updated_at_ns        BIGINT NOT NULL
);

CREATE TABLE project_sessions (
    id         BIGINT PRIMARY KEY,
    session_id TEXT   NOT NULL UNIQUE,
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    start_ns   BIGINT NOT NULL,
    end_ns     BIGINT NOT NULL
);
CREATE INDEX ix_project_sessions_start ON project_sessions (project_id, start_ns, id);

CREATE TABLE traces (
    id                BIGINT PRIMARY KEY,
    trace_id          TEXT   NOT NULL UNIQUE,
    project_id        BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    session_key       BIGINT,
    start_ns          BIGINT NOT NULL,
    end_ns            BIGINT NOT NULL,
    span_count        BIGINT NOT NULL,
    error_count       BIGINT NOT NULL,
    prompt_tokens     BIGINT NOT NULL,
    completion_tokens BIGINT NOT NULL
);
CREATE INDEX ix_traces_start ON traces (project_id, start_ns, id);
CREATE INDEX ix_traces_latency ON traces (project_id, (end_ns - start_ns), id);
CREATE INDEX ix_traces_session ON traces (session_key, start_ns) WHERE session_key IS NOT NULL;

-- The narrow row of a span: what lists, filters and charts read. No foreign keys on this path: the writer holds the
-- trace's row lock while it inserts, and a deletion takes that lock first.
CREATE TABLE spans (
    id                BIGINT PRIMARY KEY,
    trace_key         BIGINT NOT NULL,
    project_id        BIGINT NOT NULL,
    start_ns          BIGINT NOT NULL,
    end_ns            BIGINT NOT NULL,
    ingested_at_ns    BIGINT NOT NULL,
    prompt_tokens     BIGINT,
    completion_tokens BIGINT,
    document_count    INTEGER NOT NULL,
    span_id           TEXT   NOT NULL UNIQUE,
    parent_span_id    TEXT,
    name              TEXT   NOT NULL,
    span_kind         TEXT   NOT NULL,
    status_code       TEXT   NOT NULL CHECK (status_code IN ('OK', 'ERROR', 'UNSET')),
    status_message    TEXT   NOT NULL,
    model_name        TEXT,
    session_id        TEXT,
    user_id           TEXT,
    input_preview     TEXT,
    input_mime_type   TEXT,
    output_preview    TEXT,
    output_mime_type  TEXT
);
CREATE INDEX ix_spans_start ON spans (project_id, start_ns, id);
CREATE INDEX ix_spans_project ON spans (project_id, id);
CREATE INDEX ix_spans_trace ON spans (trace_key, start_ns, id);

-- What is read only when one span is opened or exported.
CREATE TABLE span_payloads (
    span_key     BIGINT PRIMARY KEY,
    resource_key BIGINT,
    scope_key    BIGINT,
    otlp_kind    INTEGER NOT NULL,
    attributes   TEXT    NOT NULL,
    events       TEXT    NOT NULL,
    links        TEXT,
    trace_state  TEXT
);

CREATE TABLE resources (
    id         BIGINT PRIMARY KEY,
    hash       TEXT  NOT NULL UNIQUE,
    attributes TEXT  NOT NULL
);

CREATE TABLE scopes (
    id         BIGINT PRIMARY KEY,
    hash       TEXT  NOT NULL UNIQUE,
    name       TEXT  NOT NULL,
    version    TEXT  NOT NULL,
    attributes TEXT  NOT NULL
);

-- lz4 compresses a 2 KB payload several times faster than pglz; builds without it keep the default.
DO $$
BEGIN
    ALTER TABLE span_payloads ALTER COLUMN attributes SET COMPRESSION lz4;
    ALTER TABLE span_payloads ALTER COLUMN events SET COMPRESSION lz4;
EXCEPTION
    WHEN feature_not_supported OR invalid_parameter_value THEN NULL;
END
$$;
