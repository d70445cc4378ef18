package dev.phoenix.server.trace;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long a model took to the first token of its answer, as the senders of spans tell it. */
final class FirstToken {

    /** Attributes, the first that says something counts; after them events. */
    private static final List<Told> ATTRIBUTES =
            List.of(
                    new Told("gen_ai.response.time_to_first_chunk", Unit.SECONDS),
                    new Told("gen_ai.client.operation.time_to_first_chunk", Unit.SECONDS),
                    new Told("gen_ai.server.time_to_first_token", Unit.WHOLE_MILLIS_OR_SECONDS),
                    new Told("ai.response.msToFirstChunk", Unit.MILLIS),
                    new Told("ai.stream.msToFirstChunk", Unit.MILLIS),
                    new Told("langfuse.observation.completion_start_time", Unit.TIME),
                    new Told("mastra.completion_start_time", Unit.TIME));

    private static final Set<String> EVENTS =
            Set.of(
                    "First Token Stream Event",
                    "ai.stream.firstChunk",
                    "gen_ai.content.completion.chunk",
                    "llm.content.completion.chunk");

    /** Nobody waits longer; what says so is in another unit. */
    private static final double LONGEST_MS = Duration.ofDays(1).toMillis();

    private FirstToken() {}

    /**
     * Milliseconds from the start of the span; null where nothing tells.
     *
     * @param events asked only where the payload may hold one that tells
     */
    static @Nullable Double millis(
            Span span, SpanPayload payload, Supplier<List<SpanEvents.Event>> events) {
        for (Told told : ATTRIBUTES) {
            Double millis = told.millis(span, payload.attributes());
            if (millis != null) {
                return millis;
            }
        }
        if (EVENTS.stream().noneMatch(payload.events()::contains)) {
            return null;
        }
        return events.get().stream()
                .filter(event -> EVENTS.contains(event.name()))
                .map(SpanEvents.Event::timestamp)
                .min(Instant::compareTo)
                .map(first -> plausible(since(span, first)))
                .orElse(null);
    }

    private static double since(Span span, Instant time) {
        Duration passed = Duration.between(Instant.ofEpochSecond(0, span.startNs()), time);
        return passed.getSeconds() * 1e3 + passed.getNano() / 1e6;
    }

    private static @Nullable Double plausible(double millis) {
        return millis >= 0 && millis <= LONGEST_MS ? (Double) millis : null;
    }

    private enum Unit {
        SECONDS,
        MILLIS,
        /** Strands sends an integer of milliseconds where the convention has real seconds. */
        WHOLE_MILLIS_OR_SECONDS,
        /** When it came. */
        TIME
    }

    private record Told(String path, Unit unit) {

        @Nullable Double millis(Span span, String attributes) {
            // Most spans tell nothing, and payloads are long.
            if (!attributes.contains(path.substring(path.lastIndexOf('.') + 1))) {
                return null;
            }
            String text = JsonPaths.textAt(attributes, path);
            if (text == null) {
                return null;
            }
            try {
                return plausible(
                        switch (unit) {
                            case SECONDS -> 1000 * Double.parseDouble(text);
                            case MILLIS -> Double.parseDouble(text);
                            case WHOLE_MILLIS_OR_SECONDS ->
                                    (text.contains(".") ? 1000 : 1) * Double.parseDouble(text);
                            // Some send JSON, where text is in quotes.
                            case TIME -> since(span, Instant.parse(text.replace("\"", "")));
                        });
            } catch (NumberFormatException | DateTimeParseException e) {
                return null;
            }
        }
    }
}
