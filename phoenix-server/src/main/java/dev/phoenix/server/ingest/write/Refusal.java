package dev.phoenix.server.ingest.write;

/**
 * A span that the database refused.
 *
 * @param index position in the list that was to be written
 */
record Refusal(int index, String reason) {}
