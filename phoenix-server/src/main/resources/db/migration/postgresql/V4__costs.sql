-- Prices of models, and what the calls of spans cost by them. Money is US dollars.

CREATE TABLE generative_models (
    id            BIGINT PRIMARY KEY,
    name          TEXT    NOT NULL,
    provider      TEXT    NOT NULL,
    name_pattern  TEXT    NOT NULL,
    start_ns      BIGINT,
    is_built_in   BOOLEAN NOT NULL,
    source        TEXT,
    created_at_ns BIGINT  NOT NULL,
    updated_at_ns BIGINT  NOT NULL,
    deleted_at_ns BIGINT
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
    model_id         BIGINT  NOT NULL REFERENCES generative_models (id) ON DELETE CASCADE,
    token_type       TEXT    NOT NULL,
    is_prompt        BOOLEAN NOT NULL,
    base_rate        DOUBLE PRECISION NOT NULL,
    prompt_threshold BIGINT,
    rate_above       DOUBLE PRECISION,
    PRIMARY KEY (model_id, token_type, is_prompt)
);

-- One row: how often prices changed, so that servers know when to read them again, and which list is in.
CREATE TABLE price_revision (
    id           BIGINT PRIMARY KEY,
    revision     BIGINT NOT NULL,
    list_version BIGINT NOT NULL
);
INSERT INTO price_revision (id, revision, list_version) VALUES (1, 0, 0);

-- One row for each call of a model, apart from the span, so that new prices rewrite only this. Costs are null where
-- there is no price. details: [[token type, 1 if prompt, tokens, cost], ...]; null when the prompt is all input and the
-- completion all output.
CREATE TABLE span_costs (
    span_key          BIGINT PRIMARY KEY,
    project_id        BIGINT NOT NULL,
    model_id          BIGINT,
    start_ns          BIGINT NOT NULL,
    prompt_tokens     BIGINT,
    prompt_cost       DOUBLE PRECISION,
    completion_tokens BIGINT,
    completion_cost   DOUBLE PRECISION,
    details           TEXT
);
CREATE INDEX ix_span_costs_model ON span_costs (model_id, start_ns) WHERE model_id IS NOT NULL;

-- Sums over span_costs, kept by the writer; priced_* count what has a price, because 0 is a price.
ALTER TABLE traces ADD COLUMN cost_prompt_tokens     BIGINT NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN cost_completion_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN prompt_cost            DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN completion_cost        DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN priced_prompts         BIGINT NOT NULL DEFAULT 0;
ALTER TABLE traces ADD COLUMN priced_completions     BIGINT NOT NULL DEFAULT 0;

-- Jobs that compute the costs of stored spans anew. Whoever holds the lease works on the spans from next_key on.
CREATE TABLE cost_recomputations (
    id             BIGINT PRIMARY KEY,
    model_id       BIGINT,
    project_id     BIGINT,
    start_ns       BIGINT,
    end_ns         BIGINT,
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
CREATE INDEX ix_cost_recomputations_open ON cost_recomputations (id) WHERE state IN ('WAITING', 'RUNNING');
