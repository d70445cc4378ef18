package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.core.attribute.AttributeVisitor;
import dev.phoenix.server.cost.UsageAttributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Usage as the decoder sees it. */
record TreeUsage(AttributeTree<Object> attributes) implements UsageAttributes {

    @Override
    public @Nullable String text(String path) {
        String text = Leaves.text(attributes.get(path));
        return text == null ? null : JsonText.storable(text);
    }

    @Override
    public @Nullable Double number(String path) {
        return number(attributes.get(path));
    }

    @Override
    public void numbersBelow(String path, ObjDoubleConsumer<String> consumer) {
        attributes.accept(path, new Below(consumer));
    }

    private static @Nullable Double number(@Nullable Object leaf) {
        Double number =
                switch (leaf) {
                    case Long count -> (Double) (double) count;
                    case AnyValue any when any.hasIntValue() -> (Double) (double) any.getIntValue();
                    case AnyValue any when any.hasDoubleValue() -> (Double) any.getDoubleValue();
                    case AnyValue any when any.hasBoolValue() ->
                            (Double) (any.getBoolValue() ? 1.0 : 0.0);
                    case JsonNode node when node.isNumber() -> (Double) node.doubleValue();
                    case JsonNode node when node.isBoolean() ->
                            (Double) (node.booleanValue() ? 1.0 : 0.0);
                    case DerivedLeaf derived -> number(derived.value());
                    case null, default -> null;
                };
        return number == null || !Double.isFinite(number) ? null : number;
    }

    private static final class Below implements AttributeVisitor<Object> {

        private final ObjDoubleConsumer<String> consumer;
        private String name = "";
        private int depth;

        Below(ObjDoubleConsumer<String> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void beginObject() {
            depth++;
        }

        @Override
        public void endObject() {
            depth--;
        }

        @Override
        public void beginArray() {
            depth++;
        }

        @Override
        public void endArray() {
            depth--;
        }

        @Override
        public void name(String name) {
            this.name = name;
        }

        @Override
        public void value(Object leaf) {
            if (depth == 1) {
                accept(name, leaf);
            } else if (depth == 0 && leaf instanceof AnyValue any && any.hasKvlistValue()) {
                for (KeyValue member : any.getKvlistValue().getValuesList()) {
                    accept(member.getKey(), member.getValue());
                }
            }
        }

        private void accept(String type, Object leaf) {
            Double number = number(leaf);
            if (number != null) {
                consumer.accept(JsonText.storable(type), number);
            }
        }
    }
}
