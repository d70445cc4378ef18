package dev.phoenix.server.ingest.decode;

import java.util.List;

/**
 * What one export request holds.
 *
 * @param rejections why spans were refused, one sentence each
 */
public record DecodedRequest(List<DecodedSpan> spans, List<String> rejections) {}
