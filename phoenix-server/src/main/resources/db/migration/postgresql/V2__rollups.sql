-- What the writer keeps up to date with every batch, so that lists and pages never add up rows. Each value equals a
-- recount of the rows it sums.

-- Own values and those of all descendants in the same trace.
ALTER TABLE spans ADD COLUMN cumulative_error_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE spans ADD COLUMN cumulative_prompt_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE spans ADD COLUMN cumulative_completion_tokens BIGINT NOT NULL DEFAULT 0;
-- 1 for an LLM span with an LLM child in its trace, which repeats what the child used.
ALTER TABLE spans ADD COLUMN wraps_llm INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_spans_parent ON spans (trace_key, parent_span_id) WHERE parent_span_id IS NOT NULL;

-- 1 while the cumulative values of a trace's spans wait for being added up anew.
ALTER TABLE traces ADD COLUMN sums_deferred INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_traces_sums_deferred ON traces (id) WHERE sums_deferred = 1;

ALTER TABLE project_sessions ADD COLUMN trace_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_sessions ADD COLUMN error_trace_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_sessions ADD COLUMN prompt_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE project_sessions ADD COLUMN completion_tokens BIGINT NOT NULL DEFAULT 0;

-- Spans and traces of a project by the minute and by the hour they start in. Histograms are those of LatencyHistogram.
CREATE TABLE project_rollups (
    project_id        BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    width_ns          BIGINT NOT NULL,
    start_ns          BIGINT NOT NULL,
    span_count        BIGINT NOT NULL,
    error_count       BIGINT NOT NULL,
    trace_count       BIGINT NOT NULL,
    prompt_tokens     BIGINT NOT NULL,
    completion_tokens BIGINT NOT NULL,
    span_latencies    BYTEA  NOT NULL,
    trace_latencies   BYTEA  NOT NULL,
    PRIMARY KEY (project_id, width_ns, start_ns)
);
