package dev.phoenix.server.trace;

import dev.phoenix.core.attribute.AttributeTree;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Stored attributes as REST shows them: the names of nested objects joined with dots. A list with
 * an object in it is spread out by index, its other members are left out; any other list stays a
 * value. Nulls and empty objects vanish. Values are copied as they are stored; of equal names the
 * first is shown.
 *
 * @param without a name that is not shown
 */
record FlatAttributes(String stored, String without) implements JacksonSerializable {

    /** What to do with a value; {@link JsonWalk} stands before it and must be moved past it. */
    interface Leaf {

        void at(String name, JsonWalk walk);
    }

    /** Every value under its dotted name, as it is stored; of equal names the first. */
    static void each(JsonWalk walk, Leaf leaf) {
        Set<String> seen = new HashSet<>();
        Leaf first =
                (name, at) -> {
                    if (seen.add(name)) {
                        leaf.at(name, at);
                    } else {
                        at.skip();
                    }
                };
        new Flattening(walk, first, _ -> true).all();
    }

    /** The text of the value with this name; null where there is none. */
    @Nullable String text(String name) {
        String[] found = new String[1];
        Leaf first =
                (leaf, walk) -> {
                    if (leaf.equals(name) && found[0] == null) {
                        found[0] = walk.string();
                    } else {
                        walk.skip();
                    }
                };
        new Flattening(new JsonWalk(stored), first, prefix -> name.startsWith(prefix)).all();
        return found[0];
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
        Set<String> shown = new HashSet<>(Set.of(without));
        Leaf copy =
                (name, walk) -> {
                    if (shown.add(name)) {
                        json.writeName(name);
                        copy(json, stored, walk);
                    } else {
                        walk.skip();
                    }
                };
        json.writeStartObject();
        new Flattening(new JsonWalk(stored), copy, _ -> true).all();
        json.writeEndObject();
    }

    @Override
    public void serializeWithType(
            JsonGenerator json, SerializationContext context, TypeSerializer types) {
        serialize(json, context);
    }

    /** Copies the value that comes next from its text. */
    static void copy(JsonGenerator json, String text, JsonWalk walk) {
        walk.peek();
        int start = walk.position();
        walk.skip();
        json.writeRawValue(text, start, walk.position() - start);
    }

    private record Flattening(JsonWalk walk, Leaf leaf, Predicate<String> wanted) {

        void all() {
            object("", 1);
        }

        private void object(String prefix, int depth) {
            walk.object(
                    name -> {
                        String full = prefix + name;
                        if (wanted.test(full)) {
                            value(full, depth);
                        } else {
                            walk.skip();
                        }
                    });
        }

        private void value(String name, int depth) {
            char first = walk.peek();
            if (first == '{' && depth < AttributeTree.MAX_DEPTH) {
                object(name + ".", depth + 1);
            } else if (first == '[' && walk.isListOfObjects()) {
                objects(name, depth + 1);
            } else if (first == 'n') {
                walk.skip();
            } else {
                leaf.at(name, walk);
            }
        }

        private void objects(String name, int depth) {
            int[] index = new int[1];
            walk.list(
                    () -> {
                        if (walk.peek() == '{') {
                            value(name + "." + index[0], depth);
                        } else {
                            walk.skip();
                        }
                        index[0]++;
                    });
        }
    }
}
