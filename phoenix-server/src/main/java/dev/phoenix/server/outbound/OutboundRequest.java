package dev.phoenix.server.outbound;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a user's URL.
 *
 * @param timeout for all of it, from looking up the name to the last byte
 * @param maxBytes the largest body that is read
 */
public record OutboundRequest(
        String method,
        String url,
        Map<String, String> headers,
        byte @Nullable [] body,
        Duration timeout,
        int maxBytes) {

    public static OutboundRequest get(String url, Duration timeout, int maxBytes) {
        return new OutboundRequest("GET", url, Map.of(), null, timeout, maxBytes);
    }

    /** Only what is not changed by asking is asked again elsewhere. */
    boolean mayBeRedirected() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
