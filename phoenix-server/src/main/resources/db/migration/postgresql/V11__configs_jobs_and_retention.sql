-- What annotations of a name look like: what people may choose from, and which way is better.
CREATE TABLE annotation_configs (
    id                     BIGINT PRIMARY KEY,
    name                   TEXT NOT NULL UNIQUE,
    annotation_type        TEXT NOT NULL CHECK (annotation_type IN ('CATEGORICAL', 'CONTINUOUS', 'FREEFORM')),
    description            TEXT,
    optimization_direction TEXT CHECK (optimization_direction IN ('MINIMIZE', 'MAXIMIZE', 'NONE')),
    choices                TEXT,
    threshold              double precision,
    lower_bound            double precision,
    upper_bound            double precision,
    CHECK ((choices IS NOT NULL) = (annotation_type = 'CATEGORICAL')),
    CHECK (optimization_direction IS NOT NULL OR annotation_type = 'FREEFORM')
);
INSERT INTO key_blocks (name, next_key) VALUES ('annotation_configs', 2);
INSERT INTO annotation_configs (id, name, annotation_type, optimization_direction, choices)
VALUES (1, 'user_feedback', 'CATEGORICAL', 'MAXIMIZE', '[{"label":"positive","score":1.0},{"label":"negative","score":0.0}]');

CREATE TABLE project_annotation_configs (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    config_id  BIGINT NOT NULL REFERENCES annotation_configs (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, config_id)
);
CREATE INDEX ix_project_annotation_configs_config ON project_annotation_configs (config_id, project_id);

-- Set while a project is being deleted: nobody sees it any more, its name is free for another, and a job removes the rest.
ALTER TABLE projects ADD COLUMN deleted_at_ns BIGINT;

-- How long traces are kept. Row 0 is the policy of all projects that have none of their own. swept_ns: the hour of the
-- cron expression that was swept last.
CREATE TABLE project_trace_retention_policies (
    id              BIGINT PRIMARY KEY,
    name            TEXT   NOT NULL,
    cron_expression TEXT   NOT NULL,
    max_days        double precision,
    max_count       BIGINT,
    swept_ns        BIGINT NOT NULL,
    CHECK (max_days IS NOT NULL OR max_count IS NOT NULL)
);
CREATE TABLE project_trace_retention (
    project_id BIGINT PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    policy_id  BIGINT NOT NULL REFERENCES project_trace_retention_policies (id) ON DELETE CASCADE
);
CREATE INDEX ix_project_trace_retention_policy ON project_trace_retention (policy_id, project_id);

-- Traces that are being deleted or moved, a batch at a time; whoever holds the lease goes on. Which ones: those listed in
-- trace_job_members, or those of a session, or those of a project that start in [from_ns, (before_ns, before_key)) and
-- have a key up to last_key. A job that says why (policy_id) is a line of the log of what retention purged.
CREATE TABLE trace_jobs (
    id                BIGINT PRIMARY KEY,
    kind              TEXT   NOT NULL CHECK (kind IN ('LISTED', 'SESSION', 'PROJECT', 'MOVE')),
    project_id        BIGINT,
    session_key       BIGINT,
    target_project_id BIGINT,
    from_ns           BIGINT NOT NULL,
    before_ns         BIGINT NOT NULL,
    before_key        BIGINT NOT NULL,
    last_key          BIGINT NOT NULL,
    deletes_project   boolean NOT NULL,
    policy_id         BIGINT,
    policy_name       TEXT,
    project_name      TEXT,
    state             TEXT   NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
    trace_count       BIGINT NOT NULL,
    span_count        BIGINT NOT NULL,
    lease_owner       TEXT,
    lease_until_ns    BIGINT NOT NULL,
    failure           TEXT,
    created_at_ns     BIGINT NOT NULL,
    updated_at_ns     BIGINT NOT NULL
);
CREATE INDEX ix_trace_jobs_open ON trace_jobs (id) WHERE state IN ('WAITING', 'RUNNING');
CREATE INDEX ix_trace_jobs_policy ON trace_jobs (id) WHERE policy_id IS NOT NULL;
CREATE TABLE trace_job_members (
    job_id    BIGINT NOT NULL REFERENCES trace_jobs (id) ON DELETE CASCADE,
    trace_key BIGINT NOT NULL,
    PRIMARY KEY (job_id, trace_key)
);
