package dev.phoenix.server.outbound;

import java.util.Map;

/**
 * The answer, whatever its status.
 *
 * @param headers by name in lower case; of repeated ones the last
 */
public record OutboundResponse(int status, Map<String, String> headers, byte[] body) {}
