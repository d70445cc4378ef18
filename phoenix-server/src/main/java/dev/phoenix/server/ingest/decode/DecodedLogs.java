package dev.phoenix.server.ingest.decode;

import java.util.List;

/**
 * What one export request of logs holds.
 *
 * @param events of spans, to be stored
 * @param rejections events that cannot be
 * @param others records that say nothing about a span, and are not stored
 */
public record DecodedLogs(List<LogEvent> events, List<Rejection> rejections, long others) {}
