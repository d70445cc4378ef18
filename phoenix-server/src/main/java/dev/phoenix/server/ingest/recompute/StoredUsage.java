package dev.phoenix.server.ingest.recompute;

import dev.phoenix.server.cost.Usage;
import dev.phoenix.server.cost.UsageAttributes;
import dev.phoenix.server.ingest.dialect.JsonValues;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Usage as it can be read from the stored attributes of a span. */
record StoredUsage(JsonNode attributes) implements UsageAttributes {

    static @Nullable Usage of(String attributes) {
        return Usage.of(new StoredUsage(JsonValues.read(attributes)));
    }

    @Override
    public @Nullable String text(String path) {
        JsonNode node = find(path);
        return node.isString() ? node.asString() : null;
    }

    @Override
    public @Nullable Double number(String path) {
        return number(find(path));
    }

    @Override
    public void numbersBelow(String path, ObjDoubleConsumer<String> consumer) {
        find(path)
                .forEachEntry(
                        (name, node) -> {
                            Double number = number(node);
                            if (number != null) {
                                consumer.accept(name, number);
                            }
                        });
    }

    private JsonNode find(String path) {
        JsonNode node = attributes;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node;
    }

    private static @Nullable Double number(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? 1.0 : 0.0;
        }
        return node.isNumber() ? (Double) node.doubleValue() : null;
    }
}
