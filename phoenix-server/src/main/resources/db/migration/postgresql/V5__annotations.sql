-- What people, programs and models say about spans, traces, sessions and single documents of a span. The identifier tells
-- several annotations of one name apart; the empty one is the slot of those that come without.

CREATE TABLE span_annotations (
    id             BIGINT PRIMARY KEY,
    span_key       BIGINT NOT NULL REFERENCES spans (id) ON DELETE CASCADE,
    name           TEXT   NOT NULL,
    identifier     TEXT   NOT NULL,
    annotator_kind TEXT   NOT NULL CHECK (annotator_kind IN ('LLM', 'CODE', 'HUMAN')),
    label          TEXT,
    score          double precision,
    explanation    TEXT,
    metadata       TEXT   NOT NULL,
    source         TEXT   NOT NULL CHECK (source IN ('API', 'APP')),
    created_at_ns  BIGINT NOT NULL,
    updated_at_ns  BIGINT NOT NULL,
    UNIQUE (span_key, name, identifier)
);
CREATE INDEX ix_span_annotations_identifier ON span_annotations (identifier, id);

CREATE TABLE trace_annotations (
    id             BIGINT PRIMARY KEY,
    trace_key      BIGINT NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
    name           TEXT   NOT NULL,
    identifier     TEXT   NOT NULL,
    annotator_kind TEXT   NOT NULL CHECK (annotator_kind IN ('LLM', 'CODE', 'HUMAN')),
    label          TEXT,
    score          double precision,
    explanation    TEXT,
    metadata       TEXT   NOT NULL,
    source         TEXT   NOT NULL CHECK (source IN ('API', 'APP')),
    created_at_ns  BIGINT NOT NULL,
    updated_at_ns  BIGINT NOT NULL,
    UNIQUE (trace_key, name, identifier)
);
CREATE INDEX ix_trace_annotations_identifier ON trace_annotations (identifier, id);

CREATE TABLE project_session_annotations (
    id             BIGINT PRIMARY KEY,
    session_key    BIGINT NOT NULL REFERENCES project_sessions (id) ON DELETE CASCADE,
    name           TEXT   NOT NULL,
    identifier     TEXT   NOT NULL,
    annotator_kind TEXT   NOT NULL CHECK (annotator_kind IN ('LLM', 'CODE', 'HUMAN')),
    label          TEXT,
    score          double precision,
    explanation    TEXT,
    metadata       TEXT   NOT NULL,
    source         TEXT   NOT NULL CHECK (source IN ('API', 'APP')),
    created_at_ns  BIGINT NOT NULL,
    updated_at_ns  BIGINT NOT NULL,
    UNIQUE (session_key, name, identifier)
);
CREATE INDEX ix_project_session_annotations_identifier ON project_session_annotations (identifier, id);

CREATE TABLE document_annotations (
    id                BIGINT  PRIMARY KEY,
    span_key          BIGINT  NOT NULL REFERENCES spans (id) ON DELETE CASCADE,
    document_position INTEGER NOT NULL,
    name              TEXT    NOT NULL,
    identifier        TEXT    NOT NULL,
    annotator_kind    TEXT    NOT NULL CHECK (annotator_kind IN ('LLM', 'CODE', 'HUMAN')),
    label             TEXT,
    score             double precision,
    explanation       TEXT,
    metadata          TEXT    NOT NULL,
    source            TEXT    NOT NULL CHECK (source IN ('API', 'APP')),
    created_at_ns     BIGINT  NOT NULL,
    updated_at_ns     BIGINT  NOT NULL,
    UNIQUE (span_key, document_position, name, identifier)
);

-- Annotations that were accepted before what they annotate arrived.
CREATE TABLE pending_annotations (
    id                BIGINT  PRIMARY KEY,
    target            TEXT    NOT NULL CHECK (target IN ('SPAN', 'TRACE', 'SESSION', 'DOCUMENT')),
    target_id         TEXT    NOT NULL,
    document_position INTEGER NOT NULL,
    name              TEXT    NOT NULL,
    identifier        TEXT    NOT NULL,
    annotator_kind    TEXT    NOT NULL CHECK (annotator_kind IN ('LLM', 'CODE', 'HUMAN')),
    label             TEXT,
    score             double precision,
    explanation       TEXT,
    metadata          TEXT    NOT NULL,
    source            TEXT    NOT NULL CHECK (source IN ('API', 'APP')),
    received_at_ns    BIGINT  NOT NULL,
    expires_at_ns     BIGINT  NOT NULL,
    bytes             BIGINT  NOT NULL,
    UNIQUE (target, target_id, document_position, name, identifier)
);
CREATE INDEX ix_pending_annotations_expiry ON pending_annotations (expires_at_ns);
