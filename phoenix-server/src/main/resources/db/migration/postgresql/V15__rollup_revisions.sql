-- Grows with every change of what starts in the bucket, so that whoever remembers what it came to sees whether it still does.
ALTER TABLE project_rollups ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
