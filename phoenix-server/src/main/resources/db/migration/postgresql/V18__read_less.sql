-- What the traces of a session cost together, kept by the writer, so that sessions are listed by it: a call that several of them
-- report counts once.
ALTER TABLE project_sessions ADD COLUMN cost double precision NOT NULL DEFAULT 0;
UPDATE project_sessions SET cost =
    coalesce((SELECT sum(t.prompt_cost + t.completion_cost) FROM traces t WHERE t.session_key = project_sessions.id), 0)
    - coalesce((SELECT sum(coalesce(c.prompt_cost, 0) + coalesce(c.completion_cost, 0))
        FROM traces t JOIN spans s ON s.trace_key = t.id JOIN span_costs c ON c.span_key = s.id
        WHERE t.session_key = project_sessions.id AND t.shares_calls = 1 AND c.repeats = 2), 0);
CREATE INDEX ix_project_sessions_cost ON project_sessions (project_id, cost, id);

-- Covers conditions on models and tokens, too: a search for few spans of many reads no rows.
DROP INDEX ix_spans_start;
CREATE INDEX ix_spans_start ON spans (project_id, start_ns, id)
    INCLUDE (end_ns, status_code, span_kind, prompt_tokens, completion_tokens, llm_marker);

-- When the spans start that annotations are of.
DROP INDEX ix_spans_project;
CREATE INDEX ix_spans_project ON spans (project_id, id) INCLUDE (start_ns);

-- Counts spans of a kind in each trace.
DROP INDEX ix_spans_trace;
CREATE INDEX ix_spans_trace ON spans (trace_key, start_ns, id) INCLUDE (span_kind);
