-- Who did what to what, when and from where. Rows are only added, and removed again when they are old enough. The actor's
-- name is kept, because users come and go; user ids are never used again, so nothing refers to them by a constraint.
CREATE TABLE audit_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    time_ns    INTEGER NOT NULL,
    user_id    INTEGER,
    actor      TEXT    NOT NULL,
    credential TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    target     TEXT    NOT NULL,
    details    TEXT    NOT NULL,
    address    TEXT    NOT NULL
);
CREATE INDEX ix_audit_log_time ON audit_log (time_ns);
CREATE INDEX ix_audit_log_actor ON audit_log (actor, id);
CREATE INDEX ix_audit_log_action ON audit_log (action, id);
CREATE INDEX ix_audit_log_target ON audit_log (target, id);

CREATE TRIGGER audit_log_only_grows BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'rows of audit_log are never changed');
END;

-- Values that only the server reads, encrypted.
CREATE TABLE secrets (
    id            INTEGER PRIMARY KEY,
    key           TEXT    NOT NULL UNIQUE,
    value         BLOB    NOT NULL,
    user_id       INTEGER,
    updated_at_ns INTEGER NOT NULL
);
