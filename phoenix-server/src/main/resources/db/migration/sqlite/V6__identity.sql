-- Who may use this server, and what proves it. No id is ever given twice: tokens name their row.

-- email_key and username_key are what no two users share: folded, so that neither case nor another way to write the same
-- letters makes a second account. password_scheme names how password_hash was made; null together with it.
CREATE TABLE users (
    id                  INTEGER PRIMARY KEY,
    role                TEXT    NOT NULL CHECK (role IN ('SYSTEM', 'ADMIN', 'MEMBER', 'VIEWER')),
    username            TEXT    NOT NULL,
    username_key        TEXT    NOT NULL UNIQUE,
    email               TEXT,
    email_key           TEXT UNIQUE,
    profile_picture_url TEXT,
    auth_method         TEXT    NOT NULL CHECK (auth_method IN ('LOCAL', 'OAUTH2', 'LDAP')),
    password_scheme     TEXT,
    password_salt       BLOB,
    password_hash       BLOB,
    reset_password      boolean NOT NULL,
    oauth2_client_id    TEXT,
    oauth2_user_id      TEXT,
    ldap_unique_id      TEXT,
    created_at_ns       INTEGER  NOT NULL,
    updated_at_ns       INTEGER  NOT NULL,
    CHECK (auth_method <> 'LOCAL' OR (password_scheme IS NOT NULL AND password_salt IS NOT NULL AND password_hash IS NOT NULL
        AND oauth2_client_id IS NULL AND oauth2_user_id IS NULL AND ldap_unique_id IS NULL)),
    CHECK (auth_method = 'LOCAL' OR (password_scheme IS NULL AND password_salt IS NULL AND password_hash IS NULL)),
    CHECK (auth_method <> 'LDAP' OR (oauth2_client_id IS NULL AND oauth2_user_id IS NULL
        AND (email IS NOT NULL OR ldap_unique_id IS NOT NULL))),
    CHECK (auth_method <> 'OAUTH2' OR ldap_unique_id IS NULL),
    CHECK (auth_method = 'LDAP' OR email IS NOT NULL),
    CHECK ((email IS NULL) = (email_key IS NULL))
);
CREATE UNIQUE INDEX ix_users_oauth2 ON users (oauth2_client_id, oauth2_user_id) WHERE auth_method = 'OAUTH2';
CREATE UNIQUE INDEX ix_users_ldap ON users (ldap_unique_id) WHERE auth_method = 'LDAP';

-- One row for each pair of tokens of a session; session_id is the id of its first. A token that was exchanged for
-- another stays for a moment, because two tabs may ask at once; successor_id is the access token given for it.
-- token_hash is SHA-256 of the token; null in rows of another product's database, whose tokens hold nothing secret.
CREATE TABLE refresh_tokens (
    id                    INTEGER PRIMARY KEY,
    user_id               INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    session_id            INTEGER NOT NULL,
    token_hash            BLOB,
    login_method          TEXT   NOT NULL CHECK (login_method IN ('LOCAL', 'OAUTH2', 'LDAP')),
    address               TEXT,
    user_agent            TEXT,
    session_started_at_ns INTEGER NOT NULL,
    created_at_ns         INTEGER NOT NULL,
    expires_at_ns         INTEGER NOT NULL,
    consumed_at_ns        INTEGER,
    successor_id          INTEGER
);
CREATE INDEX ix_refresh_tokens_user ON refresh_tokens (user_id);
CREATE INDEX ix_refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX ix_refresh_tokens_expiry ON refresh_tokens (expires_at_ns);
CREATE INDEX ix_refresh_tokens_consumed ON refresh_tokens (consumed_at_ns) WHERE consumed_at_ns IS NOT NULL;

CREATE TABLE access_tokens (
    id               INTEGER PRIMARY KEY,
    user_id          INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    refresh_token_id INTEGER NOT NULL UNIQUE REFERENCES refresh_tokens (id) ON DELETE CASCADE,
    token_hash       BLOB,
    created_at_ns    INTEGER NOT NULL,
    expires_at_ns    INTEGER NOT NULL
);
CREATE INDEX ix_access_tokens_user ON access_tokens (user_id);

CREATE TABLE password_reset_tokens (
    id            INTEGER PRIMARY KEY,
    user_id       INTEGER NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    token_hash    BLOB,
    created_at_ns INTEGER NOT NULL,
    expires_at_ns INTEGER NOT NULL
);

-- hint: the last characters of the key, to tell keys apart. Keys of the system user are system keys.
CREATE TABLE api_keys (
    id              INTEGER PRIMARY KEY,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name            TEXT   NOT NULL,
    description     TEXT,
    token_hash      BLOB,
    hint            TEXT,
    created_at_ns   INTEGER NOT NULL,
    expires_at_ns   INTEGER,
    last_used_at_ns INTEGER
);
CREATE INDEX ix_api_keys_user ON api_keys (user_id, id);

-- Who wrote an annotation; null when everybody may, and when the user is gone.
ALTER TABLE span_annotations ADD COLUMN user_id INTEGER REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE trace_annotations ADD COLUMN user_id INTEGER REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE project_session_annotations ADD COLUMN user_id INTEGER REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE document_annotations ADD COLUMN user_id INTEGER REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE pending_annotations ADD COLUMN user_id INTEGER REFERENCES users (id) ON DELETE SET NULL;
CREATE INDEX ix_span_annotations_user ON span_annotations (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX ix_trace_annotations_user ON trace_annotations (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX ix_project_session_annotations_user ON project_session_annotations (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX ix_document_annotations_user ON document_annotations (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX ix_pending_annotations_user ON pending_annotations (user_id) WHERE user_id IS NOT NULL;
