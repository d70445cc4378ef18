package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.ingest.dialect.JsonValues;
import dev.phoenix.server.ingest.dialect.SentEvent;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Events that came as log records, by the span they are of. In the list of a span they stand behind
 * those that were sent with it, in the order of their times: the list is the same, whatever arrived
 * first.
 */
public record LoggedEvents(Map<String, List<String>> bySpan) {

    public static final LoggedEvents NONE = new LoggedEvents(Map.of());

    /**
     * The events of a span with those of this span that are not among them.
     *
     * @param events as they are stored
     */
    String addedTo(String events, Span span) {
        return bySpan.isEmpty()
                ? events
                : added(
                        events,
                        bySpan.getOrDefault(
                                key(
                                        SpanDecoder.hex(span.getTraceId()),
                                        SpanDecoder.hex(span.getSpanId())),
                                List.of()));
    }

    /** Those of a span, for rules to read. */
    List<SentEvent> sent(Span span) {
        String events = addedTo("[]", span);
        return events.equals("[]") ? List.of() : SentSpans.stored(JsonValues.read(events));
    }

    /** Paths of what was masked in those of a span. */
    List<String> masked(Span span) {
        return masked(addedTo("[]", span));
    }

    /**
     * The same of all that are stored with a span.
     *
     * @param events as they are stored
     */
    static List<String> masked(String events) {
        if (!events.contains(LogEventText.MASKED)) {
            return List.of();
        }
        return JsonValues.read(events)
                .valueStream()
                .flatMap(
                        event ->
                                event.at("/log/masked")
                                        .valueStream()
                                        .map(
                                                path ->
                                                        "logs.%s.%s"
                                                                .formatted(
                                                                        event.path("name")
                                                                                .asString(""),
                                                                        path.asString())))
                .distinct()
                .toList();
    }

    /** How spans are named here. */
    public static String key(String traceId, String spanId) {
        return traceId + spanId;
    }

    /** The same instance where every event is among them already. */
    public static String added(String events, Collection<String> logged) {
        if (logged.isEmpty()) {
            return events;
        }
        List<Element> all = elements(events);
        TreeSet<Element> ordered = new TreeSet<>(Element.ORDER);
        all.stream().filter(Element::isLogged).forEach(ordered::add);
        boolean grown = false;
        for (String event : logged) {
            grown |= ordered.add(elements("[" + event + "]").getFirst());
        }
        if (!grown) {
            return events;
        }
        List<Element> result =
                new ArrayList<>(all.stream().filter(element -> !element.isLogged()).toList());
        result.addAll(ordered);
        return result.stream().map(Element::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static List<Element> elements(String array) {
        List<Element> elements = new ArrayList<>();
        try (JsonParser json = JsonValues.STORED.createParser(array)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                elements.add(element(json, array));
            }
        }
        return elements;
    }

    private static Element element(JsonParser json, String array) {
        int start = (int) json.currentTokenLocation().getCharOffset();
        String id = null;
        long timeNs = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isOrigin = json.currentName().equals("log");
            json.nextToken();
            if (!isOrigin) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String member = json.currentName();
                json.nextToken();
                switch (member) {
                    case "id" -> id = json.getString();
                    case "time_unix_nano" -> timeNs = Long.parseLong(json.getString());
                    default -> json.skipChildren();
                }
            }
        }
        int end = (int) json.currentLocation().getCharOffset();
        return new Element(array.substring(start, end), timeNs, id);
    }

    /**
     * @param id null for an event that was sent with the span
     */
    private record Element(String json, long timeNs, @Nullable String id) {

        static final Comparator<Element> ORDER =
                Comparator.comparingLong(Element::timeNs)
                        .thenComparing(element -> String.valueOf(element.id));

        boolean isLogged() {
            return id != null;
        }
    }
}
