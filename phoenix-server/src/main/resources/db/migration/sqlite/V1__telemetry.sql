-- Times are nanoseconds since the epoch, UTC. OTel ids are text: lower-case hex from OTLP, verbatim from JSON.
-- Keys come in blocks from key_blocks; they are never reused.

CREATE TABLE key_blocks (
    name     TEXT PRIMARY KEY,
    next_key INTEGER NOT NULL
);

CREATE TABLE projects (
    id                   INTEGER PRIMARY KEY,
    name                 TEXT   NOT NULL UNIQUE,
    description          TEXT,
    gradient_start_color TEXT   NOT NULL,
    gradient_end_color   TEXT   NOT NULL,
    created_at_ns        INTEGER NOT NULL,
    updated_at_ns        INTEGER NOT NULL
);

CREATE TABLE project_sessions (
    id         INTEGER PRIMARY KEY,
    session_id TEXT   NOT NULL UNIQUE,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    start_ns   INTEGER NOT NULL,
    end_ns     INTEGER NOT NULL
);
CREATE INDEX ix_project_sessions_start ON project_sessions (project_id, start_ns, id);

CREATE TABLE traces (
    id                INTEGER PRIMARY KEY,
    trace_id          TEXT   NOT NULL UNIQUE,
    project_id        INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    session_key       INTEGER,
    start_ns          INTEGER NOT NULL,
    end_ns            INTEGER NOT NULL,
    span_count        INTEGER NOT NULL,
    error_count       INTEGER NOT NULL,
    prompt_tokens     INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL
);
CREATE INDEX ix_traces_start ON traces (project_id, start_ns, id);
CREATE INDEX ix_traces_latency ON traces (project_id, (end_ns - start_ns), id);
CREATE INDEX ix_traces_session ON traces (session_key, start_ns) WHERE session_key IS NOT NULL;

-- The narrow row of a span: what lists, filters and charts read. No foreign keys on this path: there is one writer.
CREATE TABLE spans (
    id                INTEGER PRIMARY KEY,
    trace_key         INTEGER NOT NULL,
    project_id        INTEGER NOT NULL,
    start_ns          INTEGER NOT NULL,
    end_ns            INTEGER NOT NULL,
    ingested_at_ns    INTEGER NOT NULL,
    prompt_tokens     INTEGER,
    completion_tokens INTEGER,
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
    span_key     INTEGER PRIMARY KEY,
    resource_key INTEGER,
    scope_key    INTEGER,
    otlp_kind    INTEGER NOT NULL,
    attributes   TEXT    NOT NULL,
    events       TEXT    NOT NULL,
    links        TEXT,
    trace_state  TEXT
);

CREATE TABLE resources (
    id         INTEGER PRIMARY KEY,
    hash       TEXT  NOT NULL UNIQUE,
    attributes TEXT NOT NULL
);

CREATE TABLE scopes (
    id         INTEGER PRIMARY KEY,
    hash       TEXT  NOT NULL UNIQUE,
    name       TEXT  NOT NULL,
    version    TEXT  NOT NULL,
    attributes TEXT NOT NULL
);
