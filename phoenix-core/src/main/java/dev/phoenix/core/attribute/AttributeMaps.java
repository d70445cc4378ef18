package dev.phoenix.core.attribute;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flat and nested attributes as ordinary maps. */
public final class AttributeMaps {

    private AttributeMaps() {}

    /**
     * Nests dotted keys by the rules of {@link AttributeTree}.
     *
     * @param flat dotted keys; null values are left out, maps and lists are taken as they are
     * @return a new map of maps, lists of maps and the given values
     */
    public static Map<String, Object> unflatten(Map<String, ? extends @Nullable Object> flat) {
        AttributeTree.Builder<Object> tree = AttributeTree.builder();
        flat.forEach(tree::put);
        NestedMap nested = new NestedMap();
        tree.build().accept(nested);
        return nested.result();
    }

    /**
     * Joins the names of nested maps with dots. A list with at least one map in it is spread out by
     * index, its other members are lost; any other list stays a value. Nulls and empty maps vanish.
     * Maps nested deeper than {@value AttributeTree#MAX_DEPTH} levels stay values.
     *
     * @param nested maps, lists and values
     * @return a new map from dotted keys to values
     */
    public static Map<String, Object> flatten(Map<?, ? extends @Nullable Object> nested) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flattenInto(flat, "", nested, 1);
        return flat;
    }

    private static void flattenInto(
            Map<String, Object> flat, String prefix, Map<?, ?> nested, int depth) {
        nested.forEach((name, value) -> put(flat, prefix + name, value, depth));
    }

    private static void put(
            Map<String, Object> flat, String key, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && depth < AttributeTree.MAX_DEPTH) {
            flattenInto(flat, key + ".", map, depth + 1);
        } else if (value instanceof Collection<?> list && holdsMap(list)) {
            int index = 0;
            for (Object member : list) {
                if (member instanceof Map<?, ?>) {
                    put(flat, key + "." + index, member, depth + 1);
                }
                index++;
            }
        } else if (value != null) {
            flat.put(key, value);
        }
    }

    private static boolean holdsMap(Collection<?> list) {
        return list.stream().anyMatch(Map.class::isInstance);
    }
}
