-- Prices of models, and what the calls of spans cost by them. Money is US dollars.

CREATE TABLE generative_models (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL,
    provider      TEXT    NOT NULL,
    name_pattern  TEXT    NOT NULL,
    start_ns      INTEGER,
    is_built_in   boolean NOT NULL,
    source        TEXT,
    created_at_ns INTEGER NOT NULL,
    updated_at_ns INTEGER NOT NULL,
    deleted_at_ns INTEGER
);
-- A price of the shipped list that ends is followed by a row of the same pattern that starts later.
CREATE UNIQUE INDEX ix_generative_models_built_in ON generative_models (name_pattern, provider, coalesce(start_ns, 0))
    WHERE deleted_at_ns IS NULL AND is_built_in;
CREATE UNIQUE INDEX ix_generative_models_own_name ON generative_models (name)
    WHERE deleted_at_ns IS NULL AND NOT is_built_in;
CREATE UNIQUE INDEX ix_generative_models_own_pattern ON generative_models (name_pattern, provider)
    WHERE deleted_at_ns IS NULL AND NOT is_built_in;

-- Above prompt_threshold tokens in the prompt, all tokens cost rate_above.
CREATE TABLE token_prices (
    model_id         INTEGER NOT NULL REFERENCES generative_models (id) ON DELETE CASCADE,
    token_type       TEXT    NOT NULL,
    is_prompt        boolean NOT NULL,
    base_rate        double precision NOT NULL,
    prompt_threshold INTEGER,
    rate_above       double precision,
    PRIMARY KEY (model_id, token_type, is_prompt)
);

-- One row: how often prices changed, so that servers know when to read them again, and which list is in.
CREATE TABLE price_revision (
    id           INTEGER PRIMARY KEY,
    revision     INTEGER NOT NULL,
    list_version INTEGER NOT NULL
);
INSERT INTO price_revision (id, revision, list_version) VALUES (1, 0, 0);

-- One row for each call of a model, apart from the span, so that new prices rewrite only this. Costs are null where
-- there is no price. details: [[token type, 1 if prompt, tokens, cost], ...]; null when the prompt is all input and the
-- completion all output.
CREATE TABLE span_costs (
    span_key          INTEGER PRIMARY KEY,
    project_id        INTEGER NOT NULL,
    model_id          INTEGER,
    start_ns          INTEGER NOT NULL,
    prompt_tokens     INTEGER,
    prompt_cost       double precision,
    completion_tokens INTEGER,
    completion_cost   double precision,
    details           TEXT
);
CREATE INDEX ix_span_costs_model ON span_costs (model_id, start_ns) WHERE model_id IS NOT NULL;

-- Sums over span_costs, kept by the writer; priced_* count what has a price, because 0 is a price.
ALTER TABLE traces ADD COLUMN cost_prompt_tokens     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN cost_completion_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN prompt_cost            double precision NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN completion_cost        double precision NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN priced_prompts         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN priced_completions     INTEGER NOT NULL DEFAULT 0;

-- Jobs that compute the costs of stored spans anew. Whoever holds the lease works on the spans from next_key on.
CREATE TABLE cost_recomputations (
    id             INTEGER PRIMARY KEY,
    model_id       INTEGER,
    project_id     INTEGER,
    start_ns       INTEGER,
    end_ns         INTEGER,
    state          TEXT   NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
    next_key       INTEGER NOT NULL,
    end_key        INTEGER NOT NULL,
    examined_spans INTEGER NOT NULL,
    changed_spans  INTEGER NOT NULL,
    lease_owner    TEXT,
    lease_until_ns INTEGER NOT NULL,
    failure        TEXT,
    created_at_ns  INTEGER NOT NULL,
    updated_at_ns  INTEGER NOT NULL
);
CREATE INDEX ix_cost_recomputations_open ON cost_recomputations (id) WHERE state IN ('WAITING', 'RUNNING');
