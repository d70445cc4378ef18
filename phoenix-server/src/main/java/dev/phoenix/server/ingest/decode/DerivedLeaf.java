package dev.phoenix.server.ingest.decode;

import tools.jackson.databind.JsonNode;

/** A leaf that the sender did not send. It does not count for what a span says. */
record DerivedLeaf(JsonNode value) {}
