package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.ingest.dialect.SecretMask;
import dev.phoenix.server.ingest.dialect.SecretMask.Place;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What senders sent without the secrets in it, and the names of what had some. */
final class Secrets {

    private final List<String> masked = new ArrayList<>();

    /** What was masked so far. */
    List<String> masked() {
        return masked;
    }

    /** With attributes, events and links; the same where there is nothing to hide. */
    Span hide(Span span) {
        List<KeyValue> attributes = hide("", span.getAttributesList());
        List<Span.Event> events = null;
        for (int i = 0; i < span.getEventsCount(); i++) {
            Span.Event event = span.getEvents(i);
            List<KeyValue> hidden = hide(event(event.getName()), event.getAttributesList());
            if (hidden != null) {
                events = events == null ? new ArrayList<>(span.getEventsList()) : events;
                events.set(i, event.toBuilder().clearAttributes().addAllAttributes(hidden).build());
            }
        }
        List<Span.Link> links = null;
        for (int i = 0; i < span.getLinksCount(); i++) {
            Span.Link link = span.getLinks(i);
            List<KeyValue> hidden = hide("links.", link.getAttributesList());
            if (hidden != null) {
                links = links == null ? new ArrayList<>(span.getLinksList()) : links;
                links.set(i, link.toBuilder().clearAttributes().addAllAttributes(hidden).build());
            }
        }
        String message = hideMessage(span.getStatus().getMessage());
        if (masked.isEmpty()) {
            return span;
        }
        Span.Builder changed = span.toBuilder();
        if (!message.isEmpty()) {
            changed.getStatusBuilder().setMessage(message);
        }
        if (attributes != null) {
            changed.clearAttributes().addAllAttributes(attributes);
        }
        if (events != null) {
            changed.clearEvents().addAllEvents(events);
        }
        if (links != null) {
            changed.clearLinks().addAllLinks(links);
        }
        return changed.build();
    }

    /** Of a status: a provider's refusal quotes the key that it refuses. */
    String hideMessage(String message) {
        String hidden = SecretMask.masked(Place.PARAMETERS, message);
        if (hidden == null) {
            return message;
        }
        masked.add("status.message");
        return hidden;
    }

    /** With its body, whose members are what the attributes of other senders are. */
    LogRecord hide(LogRecord log) {
        List<KeyValue> attributes = hide("", log.getAttributesList());
        AnyValue body = hidden(Place.CONTENT, log.getBody());
        if (body != null) {
            masked.add("body");
        }
        if (attributes == null && body == null) {
            return log;
        }
        LogRecord.Builder changed = log.toBuilder();
        if (attributes != null) {
            changed.clearAttributes().addAllAttributes(attributes);
        }
        return body == null ? changed.build() : changed.setBody(body).build();
    }

    /** Every attribute of a resource may hold a secret. */
    Resource hide(Resource resource) {
        List<KeyValue> hidden = configured("resource.", resource.getAttributesList());
        return hidden == null
                ? resource
                : resource.toBuilder().clearAttributes().addAllAttributes(hidden).build();
    }

    InstrumentationScope hide(InstrumentationScope scope) {
        List<KeyValue> hidden = configured("scope.", scope.getAttributesList());
        return hidden == null
                ? scope
                : scope.toBuilder().clearAttributes().addAllAttributes(hidden).build();
    }

    Map<String, Object> hide(Map<String, Object> attributes) {
        return hide("", attributes);
    }

    List<SubmittedSpan.SpanEvent> hideEvents(List<SubmittedSpan.SpanEvent> events) {
        return events.stream()
                .map(
                        event ->
                                new SubmittedSpan.SpanEvent(
                                        event.name(),
                                        event.timestamp(),
                                        hide(event(event.name()), event.attributes())))
                .toList();
    }

    private Map<String, Object> hide(String prefix, Map<String, Object> attributes) {
        Map<String, Object> changed = new LinkedHashMap<>(attributes);
        attributes.forEach(
                (name, value) -> {
                    JsonNode hidden = SecretMask.maskedBelow(name, (JsonNode) value);
                    if (hidden != null) {
                        changed.put(name, hidden);
                        masked.add(prefix + name);
                    }
                });
        return changed;
    }

    private static String event(String name) {
        return "events." + name + ".";
    }

    /** Null where there is nothing to hide. */
    private @Nullable List<KeyValue> hide(String prefix, List<KeyValue> attributes) {
        List<KeyValue> changed = null;
        for (int i = 0; i < attributes.size(); i++) {
            KeyValue attribute = attributes.get(i);
            AnyValue value = attribute.getValue();
            if (mayHoldSecrets(value)) {
                AnyValue hidden = hidden(SecretMask.place(attribute.getKey()), value);
                if (hidden != null) {
                    changed = changed == null ? new ArrayList<>(attributes) : changed;
                    changed.set(i, attribute.toBuilder().setValue(hidden).build());
                    masked.add(prefix + attribute.getKey());
                }
            }
        }
        return changed;
    }

    private @Nullable List<KeyValue> configured(String prefix, List<KeyValue> attributes) {
        List<KeyValue> changed = null;
        for (int i = 0; i < attributes.size(); i++) {
            KeyValue attribute = attributes.get(i);
            AnyValue hidden =
                    hidden(
                            SecretMask.member(Place.PARAMETERS, attribute.getKey()),
                            attribute.getValue());
            if (hidden != null) {
                changed = changed == null ? new ArrayList<>(attributes) : changed;
                changed.set(i, attribute.toBuilder().setValue(hidden).build());
                masked.add(prefix + attribute.getKey());
            }
        }
        return changed;
    }

    private static boolean mayHoldSecrets(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE, KVLIST_VALUE, ARRAY_VALUE -> true;
            default -> false;
        };
    }

    private static @Nullable AnyValue hidden(Place place, AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> {
                String text = SecretMask.masked(place, value.getStringValue());
                yield text == null ? null : AnyValue.newBuilder().setStringValue(text).build();
            }
            case KVLIST_VALUE -> hidden(place, value.getKvlistValue());
            case ARRAY_VALUE -> hidden(place, value.getArrayValue());
            default -> null;
        };
    }

    private static @Nullable AnyValue hidden(Place place, KeyValueList members) {
        KeyValueList.Builder changed = null;
        for (int i = 0; i < members.getValuesCount(); i++) {
            KeyValue member = members.getValues(i);
            AnyValue hidden = hidden(SecretMask.member(place, member.getKey()), member.getValue());
            if (hidden != null) {
                changed = changed == null ? members.toBuilder() : changed;
                changed.setValues(i, member.toBuilder().setValue(hidden));
            }
        }
        return changed == null ? null : AnyValue.newBuilder().setKvlistValue(changed).build();
    }

    private static @Nullable AnyValue hidden(Place place, ArrayValue list) {
        ArrayValue.Builder changed = null;
        for (int i = 0; i < list.getValuesCount(); i++) {
            AnyValue hidden = hidden(place, list.getValues(i));
            if (hidden != null) {
                changed = changed == null ? list.toBuilder() : changed;
                changed.setValues(i, hidden);
            }
        }
        return changed == null ? null : AnyValue.newBuilder().setArrayValue(changed).build();
    }
}
