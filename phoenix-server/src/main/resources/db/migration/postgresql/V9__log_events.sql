-- Events that came as log records and wait for their span, in which they are stored once it is there. Bounded.
CREATE TABLE pending_log_events (
    id             BIGINT  PRIMARY KEY,
    span_id        TEXT    NOT NULL,
    trace_id       TEXT    NOT NULL,
    event_id       TEXT    NOT NULL,
    received_at_ns BIGINT  NOT NULL,
    byte_size      INTEGER NOT NULL,
    event          TEXT    NOT NULL,
    UNIQUE (span_id, trace_id, event_id)
);
CREATE INDEX ix_pending_log_events_received ON pending_log_events (received_at_ns);
