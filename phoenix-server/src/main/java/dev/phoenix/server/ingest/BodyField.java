package dev.phoenix.server.ingest;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.api.ValidationError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A place in a JSON body. Reading goes on after an error, so that an answer names all of them; what
 * could not be read is empty, and never used.
 *
 * @param errors shared by all places of a body
 */
record BodyField(JsonNode node, List<Object> location, List<ValidationError> errors) {

    /** More do not help anybody, and the body decides how many there are. */
    private static final int MAX_ERRORS = 100;

    static BodyField of(JsonNode body) {
        return new BodyField(body, List.of("body"), new ArrayList<>());
    }

    /** A member that must be there. */
    BodyField required(String name) {
        BodyField member = member(name);
        if (isPresent() && !node.isObject()) {
            wrong("model_attributes_type", "Input should be a valid dictionary or object");
        } else if (isPresent() && !member.isPresent()) {
            member.wrong("missing", "Field required");
        }
        return member;
    }

    /** A member that has a default, but must not be null. */
    BodyField optional(String name) {
        return member(name);
    }

    /** A member for which null and absent are the same. */
    BodyField nullable(String name) {
        BodyField member = member(name);
        return member.node.isNull() ? member.absent() : member;
    }

    String text() {
        if (isPresent() && !node.isString()) {
            wrong("string_type", "Input should be a valid string");
        }
        return node.isString() ? node.asString() : "";
    }

    @Nullable String textOrNull() {
        return isPresent() ? text() : null;
    }

    /** A time with an offset, or a unix time. */
    Instant zonedTime() {
        if (!isPresent()) {
            return Instant.EPOCH;
        }
        if (!node.isString() && !node.isNumber()) {
            wrong("datetime_type", "Input should be a valid datetime");
            return Instant.EPOCH;
        }
        try {
            var time = Timestamps.parseZoned(node.asString());
            if (time.isEmpty()) {
                wrong("timezone_aware", "Input should have timezone info");
            }
            return time.orElse(Instant.EPOCH);
        } catch (DateTimeException | ArithmeticException e) {
            wrong(
                    "datetime_from_date_parsing",
                    "Input should be a valid datetime, such as 2026-01-31T12:00:00+00:00");
            return Instant.EPOCH;
        }
    }

    List<BodyField> elements() {
        if (isPresent() && !node.isArray()) {
            wrong("list_type", "Input should be a valid list");
        }
        List<BodyField> elements = new ArrayList<>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            elements.add(new BodyField(node.get(i), below(i), errors));
        }
        return elements;
    }

    /** The members of an object as they are. */
    Map<String, Object> members() {
        if (isPresent() && !node.isObject()) {
            wrong("dict_type", "Input should be a valid dictionary");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    private boolean isPresent() {
        return !node.isMissingNode();
    }

    private BodyField member(String name) {
        return new BodyField(node.path(name), below(name), errors);
    }

    private BodyField absent() {
        return new BodyField(MissingNode.getInstance(), location, errors);
    }

    private List<Object> below(Object step) {
        List<Object> longer = new ArrayList<>(location);
        longer.add(step);
        return longer;
    }

    private void wrong(String type, String message) {
        ValidationError error = ValidationError.of(type, location, message, node);
        if (errors.size() < MAX_ERRORS && !errors.contains(error)) {
            errors.add(error);
        }
    }
}
