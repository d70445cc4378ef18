-- One call of a model counts once, however many spans report it.

-- Of the id that the provider gave the response; only of spans with tokens.
ALTER TABLE spans ADD COLUMN call_hash BIGINT;
-- Where a span's tokens and cost do not count, because another span reports the same call: 0 they count everywhere, 1 not
-- in its project (a span of another trace counts there), 2 nor in its session, 3 nor in its trace, 4 nowhere, because they
-- are the sum of what spans below report.
ALTER TABLE spans ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spans ADD COLUMN repeated_span_id TEXT;
CREATE INDEX ix_spans_call ON spans (call_hash, project_id, repeats) WHERE call_hash IS NOT NULL;

-- 1 if some call is reported by several spans, of this trace or of another one as well.
ALTER TABLE traces ADD COLUMN shares_calls INTEGER NOT NULL DEFAULT 0;

-- As in the span.
ALTER TABLE span_costs ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_span_costs_repeats ON span_costs (project_id, repeats) WHERE repeats > 0;

-- Jobs that read stored spans anew by newer rules. Whoever holds the lease works on the spans from next_key on.
CREATE TABLE rederivations (
    id             BIGINT PRIMARY KEY,
    project_id     BIGINT,
    rules_version  INTEGER NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
    next_key       BIGINT NOT NULL,
    end_key        BIGINT NOT NULL,
    examined_spans BIGINT NOT NULL,
    changed_spans  BIGINT NOT NULL,
    lease_owner    TEXT,
    lease_until_ns BIGINT NOT NULL,
    failure        TEXT,
    created_at_ns  BIGINT NOT NULL,
    updated_at_ns  BIGINT NOT NULL
);
CREATE INDEX ix_rederivations_open ON rederivations (id) WHERE state IN ('WAITING', 'RUNNING');
