-- What rules added to the attributes of a span, from which of them and why something is missing; JSON. NULL for spans
-- that need no rules.
ALTER TABLE span_payloads ADD COLUMN derivation TEXT;
