-- What lists and charts are read by. Each index costs every stored span; they are partial or covering where that was
-- measured to pay (docs/architecture/read.md).

-- Spans with the status OK; the rest of span_count is ERROR (error_count) or UNSET.
ALTER TABLE project_rollups ADD COLUMN ok_count INTEGER NOT NULL DEFAULT 0;
UPDATE project_rollups SET ok_count = counted.spans
FROM (
    SELECT project_id, width_ns, start_ns - ((start_ns % width_ns) + width_ns) % width_ns AS bucket, count(*) AS spans
    FROM spans CROSS JOIN (SELECT 60000000000 AS width_ns UNION ALL SELECT 3600000000000) AS widths
    WHERE status_code = 'OK'
    GROUP BY 1, 2, 3
) AS counted
WHERE project_rollups.project_id = counted.project_id AND project_rollups.width_ns = counted.width_ns
    AND project_rollups.start_ns = counted.bucket;

-- Covers the columns that filters compare, so that a search for few spans of many reads no rows.
DROP INDEX ix_spans_start;
CREATE INDEX ix_spans_start ON spans (project_id, start_ns, id, end_ns, status_code, span_kind, prompt_tokens, completion_tokens);
CREATE INDEX ix_spans_latency ON spans (project_id, (end_ns - start_ns), id);
-- Spans without tokens come last in either direction, by start.
CREATE INDEX ix_spans_tokens ON spans (project_id, (coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)), id)
    WHERE prompt_tokens IS NOT NULL OR completion_tokens IS NOT NULL;

CREATE INDEX ix_traces_end ON traces (project_id, end_ns);
CREATE INDEX ix_project_sessions_tokens ON project_sessions (project_id, (prompt_tokens + completion_tokens), id);

-- Covers what charts and the costs of models add up.
CREATE INDEX ix_span_costs_project ON span_costs (project_id, start_ns, model_id, prompt_tokens, prompt_cost, completion_tokens, completion_cost, repeats);
CREATE INDEX ix_span_costs_total
    ON span_costs (project_id, (coalesce(prompt_cost, 0) + coalesce(completion_cost, 0)), span_key)
    WHERE prompt_cost IS NOT NULL OR completion_cost IS NOT NULL;

-- All annotations of a name, with what they are sorted by. Labels may be longer than an entry of an index.
CREATE INDEX ix_span_annotations_name ON span_annotations (name, span_key, score);
CREATE INDEX ix_trace_annotations_name ON trace_annotations (name, trace_key, score);
CREATE INDEX ix_project_session_annotations_name
    ON project_session_annotations (name, session_key, score);
CREATE INDEX ix_document_annotations_name ON document_annotations (name, span_key, document_position, score);

-- Without figures for all of them SQLite prefers the indexes that it has none for.
ANALYZE;
