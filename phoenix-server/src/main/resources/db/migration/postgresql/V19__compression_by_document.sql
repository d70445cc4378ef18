-- Whoever writes a document says how it is compressed (PostgresCompression): fast, or with effort where that saves more. What is stored stays.
ALTER TABLE span_payloads ALTER COLUMN attributes SET COMPRESSION DEFAULT;

-- What is added up from these rows is remembered by the hour: to find them quickly is enough.
DROP INDEX ix_span_costs_project;
CREATE INDEX ix_span_costs_project ON span_costs (project_id, start_ns);
