-- What the traces of a session cost together, kept by the writer, so that sessions are listed by it: a call that several of them
-- report counts once.
ALTER TABLE project_sessions ADD COLUMN cost double precision NOT NULL DEFAULT 0;
UPDATE project_sessions SET cost =
    coalesce((SELECT sum(t.prompt_cost + t.completion_cost) FROM traces t WHERE t.session_key = project_sessions.id), 0)
    - coalesce((SELECT sum(coalesce(c.prompt_cost, 0) + coalesce(c.completion_cost, 0))
        FROM traces t JOIN spans s ON s.trace_key = t.id JOIN span_costs c ON c.span_key = s.id
        WHERE t.session_key = project_sessions.id AND t.shares_calls = 1 AND c.repeats = 2), 0);
CREATE INDEX ix_project_sessions_cost ON project_sessions (project_id, cost, id);

-- Counts spans of a kind in each trace.
DROP INDEX ix_spans_trace;
CREATE INDEX ix_spans_trace ON spans (trace_key, start_ns, id, span_kind);

-- Without figures for all of them SQLite prefers the indexes that it has none for.
ANALYZE;
