package dev.phoenix.server.ingest.decode;

import java.util.List;

/** What one export request holds: spans to be stored, and those that cannot be. */
public record DecodedRequest(List<DecodedSpan> spans, List<Rejection> rejections) {}
