-- Counts what ends all sessions of a user: a session begins only if nothing has since its owner proved who they are.
ALTER TABLE users ADD COLUMN sign_in_epoch BIGINT NOT NULL DEFAULT 0;

-- When the successor of a refreshed token was first shown, to any server: from then on its predecessor is a stolen one.
ALTER TABLE access_tokens ADD COLUMN used_at_ns BIGINT;
