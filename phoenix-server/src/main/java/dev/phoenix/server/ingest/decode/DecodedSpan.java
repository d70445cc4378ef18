package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.cost.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A span ready to be stored. Ids are lower-case hex, times nanoseconds since the epoch.
 *
 * @param kind an OpenInference span kind, upper case
 * @param status OK, ERROR or UNSET
 */
public record DecodedSpan(
        String projectName,
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        String name,
        String kind,
        long startNs,
        long endNs,
        String status,
        String statusMessage,
        Columns columns,
        Payload payload) {

    /**
     * What lists and filters read, derived once from the attributes; tokens only for the kinds of
     * spans that call a model.
     *
     * @param llmMarker what the columns tell about attributes, a {@link
     *     dev.phoenix.server.db.LlmMarker}
     * @param responseId what the provider called its answer
     */
    public record Columns(
            @Nullable String modelName,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens,
            int llmMarker,
            @Nullable String sessionId,
            @Nullable String userId,
            @Nullable String inputPreview,
            @Nullable String inputMimeType,
            @Nullable String outputPreview,
            @Nullable String outputMimeType,
            int documentCount,
            @Nullable Usage usage,
            @Nullable String responseId) {

        /**
         * The same for all spans that report one call; null without tokens, or where it is unknown.
         */
        public @Nullable Long callHash() {
            boolean used = isPositive(promptTokens) || isPositive(completionTokens);
            return used && responseId != null ? (Long) Fingerprint.of(responseId) : null;
        }

        /** The same, its marker of the attributes as they are stored. */
        Columns markedBy(String kind, JsonNode stored) {
            return new Columns(
                    modelName,
                    promptTokens,
                    completionTokens,
                    LlmAttributes.in(stored)
                            .marker(kind, modelName, promptTokens, completionTokens),
                    sessionId,
                    userId,
                    inputPreview,
                    inputMimeType,
                    outputPreview,
                    outputMimeType,
                    documentCount,
                    usage,
                    responseId);
        }

        private static boolean isPositive(@Nullable Long tokens) {
            return tokens != null && tokens > 0;
        }
    }

    /**
     * What is read when one span is opened; JSON texts.
     *
     * @param derivation what rules added to the attributes; null where there was nothing to do
     * @param contentHash the same for two spans that say the same, whatever the order of their
     *     attributes and wherever they come from
     */
    public record Payload(
            String attributes,
            String events,
            @Nullable String links,
            @Nullable String traceState,
            @Nullable String derivation,
            int otlpKind,
            Origin resource,
            Origin scope,
            long contentHash) {}
}
