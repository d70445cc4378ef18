package dev.phoenix.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes Java values as the attribute types OpenTelemetry has; structures become JSON text. */
final class AttributeValues {

    private AttributeValues() {}

    static void write(Span span, String key, Object value) {
        if (value instanceof Boolean flag) {
            span.setAttribute(key, flag);
        } else if (isWhole(value)) {
            span.setAttribute(key, ((Number) value).longValue());
        } else if (value instanceof Number number) {
            span.setAttribute(key, number.doubleValue());
        } else if (value instanceof float[] vector) {
            span.setAttribute(AttributeKey.doubleArrayKey(key), doubles(vector));
        } else if (value instanceof Collection<?> list) {
            writeList(span, key, list);
        } else {
            span.setAttribute(key, Payload.of(value).text());
        }
    }

    private static void writeList(Span span, String key, Collection<?> list) {
        if (list.stream().allMatch(String.class::isInstance)) {
            span.setAttribute(
                    AttributeKey.stringArrayKey(key),
                    list.stream().map(String.class::cast).toList());
        } else if (list.stream().allMatch(AttributeValues::isWhole)) {
            span.setAttribute(
                    AttributeKey.longArrayKey(key),
                    list.stream().map(value -> ((Number) value).longValue()).toList());
        } else if (list.stream().allMatch(Number.class::isInstance)) {
            span.setAttribute(
                    AttributeKey.doubleArrayKey(key),
                    list.stream().map(value -> ((Number) value).doubleValue()).toList());
        } else if (list.stream().allMatch(Boolean.class::isInstance)) {
            span.setAttribute(
                    AttributeKey.booleanArrayKey(key),
                    list.stream().map(Boolean.class::cast).toList());
        } else {
            span.setAttribute(key, JsonText.of(list));
        }
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte;
    }

    private static List<Double> doubles(float[] vector) {
        List<Double> doubles = new ArrayList<>(vector.length);
        for (float component : vector) {
            doubles.add((double) component);
        }
        return doubles;
    }
}
