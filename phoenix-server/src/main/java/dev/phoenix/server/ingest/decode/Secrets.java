package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.ingest.dialect.SecretMask;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Attributes without the secrets in them, and the names of those that had some. */
final class Secrets {

    private static final String RESOURCE = "resource.";

    private final List<String> masked = new ArrayList<>();

    /** What was masked so far. */
    List<String> masked() {
        return masked;
    }

    /** The same list where there is nothing to hide. */
    List<KeyValue> hide(List<KeyValue> attributes) {
        @Nullable List<KeyValue> changed = null;
        for (int i = 0; i < attributes.size(); i++) {
            KeyValue attribute = attributes.get(i);
            if (SecretMask.isPlace(attribute.getKey())) {
                AnyValue hidden = hidden(attribute.getKey(), attribute.getValue());
                if (hidden != null) {
                    changed = changed == null ? new ArrayList<>(attributes) : changed;
                    changed.set(i, attribute.toBuilder().setValue(hidden).build());
                    masked.add(attribute.getKey());
                }
            }
        }
        return changed == null ? attributes : changed;
    }

    /** Every attribute of a resource may hold a secret. */
    Resource hide(Resource resource) {
        Resource.@Nullable Builder changed = null;
        for (int i = 0; i < resource.getAttributesCount(); i++) {
            KeyValue attribute = resource.getAttributes(i);
            AnyValue hidden = hidden(attribute.getKey(), attribute.getValue());
            if (hidden != null) {
                changed = changed == null ? resource.toBuilder() : changed;
                changed.setAttributes(i, attribute.toBuilder().setValue(hidden));
                masked.add(RESOURCE + attribute.getKey());
            }
        }
        return changed == null ? resource : changed.build();
    }

    Map<String, Object> hide(Map<String, Object> attributes) {
        Map<String, Object> changed = new LinkedHashMap<>(attributes);
        attributes.forEach(
                (name, value) -> {
                    JsonNode hidden = SecretMask.maskedBelow(name, (JsonNode) value);
                    if (hidden != null) {
                        changed.put(name, hidden);
                        masked.add(name);
                    }
                });
        return changed;
    }

    private static @Nullable AnyValue hidden(String name, AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> {
                String text = SecretMask.masked(name, value.getStringValue());
                yield text == null ? null : AnyValue.newBuilder().setStringValue(text).build();
            }
            case KVLIST_VALUE -> hidden(value.getKvlistValue());
            case ARRAY_VALUE -> hidden(value.getArrayValue());
            default -> null;
        };
    }

    private static @Nullable AnyValue hidden(KeyValueList members) {
        KeyValueList.Builder changed = members.toBuilder();
        boolean found = false;
        for (int i = 0; i < members.getValuesCount(); i++) {
            KeyValue member = members.getValues(i);
            AnyValue hidden = hidden(member.getKey(), member.getValue());
            if (hidden != null) {
                changed.setValues(i, member.toBuilder().setValue(hidden));
                found = true;
            }
        }
        return found ? AnyValue.newBuilder().setKvlistValue(changed).build() : null;
    }

    private static @Nullable AnyValue hidden(ArrayValue list) {
        ArrayValue.Builder changed = list.toBuilder();
        boolean found = false;
        for (int i = 0; i < list.getValuesCount(); i++) {
            AnyValue hidden = hidden("", list.getValues(i));
            if (hidden != null) {
                changed.setValues(i, hidden);
                found = true;
            }
        }
        return found ? AnyValue.newBuilder().setArrayValue(changed).build() : null;
    }
}
