-- What the columns tell about the attributes llm.model_name and llm.token_count: -1 if those may say something else (also of
-- spans that were stored before), otherwise 1 if llm.token_count.total is there, and the sum, plus twice a hash of the model's
-- name (LlmMarker).
ALTER TABLE spans ADD COLUMN llm_marker INTEGER NOT NULL DEFAULT -1;

-- Sessions sorted by cost add up that of their traces.
DROP INDEX ix_traces_session;
CREATE INDEX ix_traces_session
    ON traces (session_key, start_ns, id) INCLUDE (prompt_cost, completion_cost) WHERE session_key IS NOT NULL;
