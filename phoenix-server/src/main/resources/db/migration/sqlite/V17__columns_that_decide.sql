-- What the columns tell about the attributes llm.model_name and llm.token_count: -1 if those may say something else (also of
-- spans that were stored before), otherwise 1 if llm.token_count.total is there, and the sum, plus twice a hash of the model's
-- name (LlmMarker).
ALTER TABLE spans ADD COLUMN llm_marker INTEGER NOT NULL DEFAULT -1;

-- Conditions on a model or on tokens are decided by the index, too.
DROP INDEX ix_spans_start;
CREATE INDEX ix_spans_start
    ON spans (project_id, start_ns, id, end_ns, status_code, span_kind, prompt_tokens, completion_tokens, llm_marker);

-- Sessions sorted by cost add up that of their traces.
DROP INDEX ix_traces_session;
CREATE INDEX ix_traces_session
    ON traces (session_key, start_ns, id, prompt_cost, completion_cost) WHERE session_key IS NOT NULL;

-- Without figures for all of them SQLite prefers the indexes that it has none for.
ANALYZE;
