-- A commit writes whole pages. By value alone each new span changes a page of its own; by ranges of 32,768 keys and value the
-- spans of a batch share those of the newest range.
DROP INDEX ix_spans_latency;
CREATE INDEX ix_spans_latency ON spans (project_id, (id >> 15), (end_ns - start_ns), id);
DROP INDEX ix_spans_tokens;
CREATE INDEX ix_spans_tokens ON spans (project_id, (id >> 15), (coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)), id)
    WHERE prompt_tokens IS NOT NULL OR completion_tokens IS NOT NULL;
DROP INDEX ix_span_costs_total;
CREATE INDEX ix_span_costs_total
    ON span_costs (project_id, (span_key >> 15), (coalesce(prompt_cost, 0) + coalesce(completion_cost, 0)), span_key)
    WHERE prompt_cost IS NOT NULL OR completion_cost IS NOT NULL;

-- Without figures for all of them SQLite prefers the indexes that it has none for.
ANALYZE;
