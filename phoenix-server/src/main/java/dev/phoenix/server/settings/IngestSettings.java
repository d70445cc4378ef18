package dev.phoenix.server.settings;

/**
 * What the server takes in before it says "later".
 *
 * @param maxQueuedSpans spans received but not yet stored
 * @param maxQueuedBytes their size
 * @param maxRequestBytes one request as sent (compressed)
 * @param maxInflatedRequestBytes one request after decompression
 * @param maskLeakedSecrets whether API keys and variables of the environment in parameters of
 *     calls, metadata and resources are hidden; what is hidden is not kept
 */
public record IngestSettings(
        int maxQueuedSpans,
        long maxQueuedBytes,
        int maxRequestBytes,
        int maxInflatedRequestBytes,
        boolean maskLeakedSecrets) {

    private static final int MIB = 1024 * 1024;

    /** One request of the largest size as it was sent, four times unpacked, and the unpacking. */
    private static final long QUEUED_BYTES = (32 + 4 * 128 + 16) * (long) MIB;

    static IngestSettings read(SettingsReader reader) {
        return new IngestSettings(
                reader.integer("PHOENIX_MAX_SPANS_QUEUE_SIZE", 20_000, 1, Integer.MAX_VALUE),
                reader.number("PHOENIX_MAX_SPANS_QUEUE_BYTES", QUEUED_BYTES, 1, Long.MAX_VALUE),
                reader.integer("PHOENIX_MAX_REQUEST_BYTES", 32 * MIB, 1, Integer.MAX_VALUE),
                reader.integer(
                        "PHOENIX_MAX_INFLATED_REQUEST_BYTES", 128 * MIB, 1, Integer.MAX_VALUE),
                reader.flag("PHOENIX_MASK_LEAKED_SECRETS", true));
    }
}
