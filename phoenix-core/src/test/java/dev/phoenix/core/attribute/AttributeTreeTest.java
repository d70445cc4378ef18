package dev.phoenix.core.attribute;

import static dev.phoenix.core.attribute.AttributeMaps.unflatten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeTreeTest {

    @ParameterizedTest
    @MethodSource("rows")
    void unflatten_row(Map<String, Object> pairs, Map<String, Object> expected) {
        assertThat(unflatten(pairs)).isEqualTo(expected);
        assertThat(unflatten(reversed(pairs))).isEqualTo(expected);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("a.0.b", "x", "a.1.b", "y")
                        .is("a", List.of(Map.of("b", "x"), Map.of("b", "y"))),
                row("a.5.b", "x", "a.2.b", "y")
                        .is("a", List.of(Map.of("b", "y"), Map.of("b", "x"))),
                row("a.10.b", "x", "a.9.b", "y")
                        .is("a", List.of(Map.of("b", "y"), Map.of("b", "x"))),
                row("a.0", "x", "a.1", "y").is("a", Map.of("0", "x", "1", "y")),
                row("a.0", "s", "a.0.b", 1).is("a", Map.of("0", "s", "0.b", 1)),
                row("a.0.b", 2, "a.0", 3, "a.1.b", 4)
                        .is("a", List.of(Map.of("b", 4)), "a.0", 3, "a.0.b", 2),
                row("a.0.b", 2, "a.x", 3).is("a", List.of(Map.of("b", 2)), "a.x", 3),
                row("a.0.b", 2, "a.x.y", 3).is("a", List.of(Map.of("b", 2)), "a.x", Map.of("y", 3)),
                row("a.0.1.x", 1).is("a", List.of(Map.of("1", Map.of("x", 1)))),
                row("a.0.1", 1).is("a", List.of(Map.of("1", 1))),
                row("a.0.1.2.x", 1).is("a", List.of(Map.of("1", List.of(Map.of("x", 1))))),
                row("0.a", 1, "1.a", 2).is("0", Map.of("a", 1), "1", Map.of("a", 2)),
                row("1.0.2", 3).is("1", List.of(Map.of("2", 3))),
                row("a", Map.of("b", 1), "a.c", 2).is("a", Map.of("b", 1), "a.c", 2),
                row("a", 1, "a.b", 2, "a.b.c", 3).is("a", 1, "a.b", 2, "a.b.c", 3),
                row("a", 1, "a.0.b", 2).is("a", 1, "a.0", Map.of("b", 2)),
                row("a", List.of(5), "a.0.b", 1).is("a", List.of(5), "a.0", Map.of("b", 1)),
                row("a.b", 1, "a.b.c", 3, "a.b.c.d", 2)
                        .is("a", Map.of("b", 1, "b.c", 3, "b.c.d", 2)),
                row("a", "", "a.b", 1).is("a", "", "a.b", 1),
                row("a", null, "a.b", 1).is("a", Map.of("b", 1)),
                row("a..b", 1).is("a", Map.of("b", 1)),
                row("a.", 1).is("a", 1),
                row(".a", 1).is("a", 1),
                row("", 1).is("", 1),
                row("", 1, "a.b", 2).is("", 1, "a", Map.of("b", 2)),
                row(" . ", 1).is("", 1),
                row(" a . b ", 1).is("a", Map.of("b", 1)),
                row("\u00a0a\u2003.\u0085b\t", 1).is("a", Map.of("b", 1)),
                row("a.00.b", 1, "a.0.c", 2).is("a", List.of(Map.of("c", 2, "b", 1))),
                row("a.00", 1).is("a", Map.of("0", 1)),
                row("00.a", 1).is("0", Map.of("a", 1)),
                row("a.-1.b", 1).is("a", Map.of("-1", Map.of("b", 1))),
                row("a.1x.b", 1).is("a", Map.of("1x", Map.of("b", 1))),
                row("a.b.c", Map.of("x.y", List.of(Map.of("p.q", 1))))
                        .is(
                                "a",
                                Map.of("b", Map.of("c", Map.of("x.y", List.of(Map.of("p.q", 1)))))),
                // Arabic-Indic one, fullwidth two, mathematical (two chars) three
                row("a.\u0661.b", 1, "a.\uff12.b", 2, "a.\ud835\udfd1.b", 3)
                        .is("a", List.of(Map.of("b", 1), Map.of("b", 2), Map.of("b", 3))),
                // superscript digits are not decimal
                row("a.\u00b2.b", 1).is("a", Map.of("\u00b2", Map.of("b", 1))));
    }

    @Test
    void index_ofAnyLength_isSortedByValue() {
        String huge = "9".repeat(5_000);

        assertThat(unflatten(pairs("a." + huge + ".b", 2, "a.99.b", 1, "a.0" + huge + ".c", 3)))
                .isEqualTo(Map.of("a", List.of(Map.of("b", 1), Map.of("b", 2, "c", 3))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", ".", "a.0.", " 1 .", "a.a.0."})
    void key_withTooManySegments_keepsTheRestTogether(String unit) {
        Map<String, Object> tree = unflatten(Map.of(unit.repeat(200_000) + "end", 1));

        assertThat(depth(tree)).isLessThanOrEqualTo(AttributeTree.MAX_DEPTH);
        assertThat(tree.toString()).contains("end=1");
    }

    @Test
    void key_withTheMostSegments_isSplitCompletely() {
        String path = "a.".repeat(AttributeTree.MAX_DEPTH - 1);

        assertThat(depth(unflatten(Map.of(path + "b", 1)))).isEqualTo(AttributeTree.MAX_DEPTH);
        assertThat(unflatten(Map.of(path + "b.c", 1)).toString()).contains("{b.c=1}");
    }

    @Test
    void names_manyUnderOneParent_areAllFound() {
        AttributeTree.Builder<Integer> builder = AttributeTree.builder();
        IntStream.range(0, 1000).forEach(i -> builder.put("a.k" + i + ".v", i));
        AttributeTree<Integer> tree = builder.build();

        assertThat(IntStream.range(0, 1000).mapToObj(i -> tree.get("a.k" + i + ".v")))
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void names_comeOutInOrderOfArrival() {
        assertThat(unflatten(pairs("b", 1, "a.y", 2, "a.x", 3)).toString())
                .isEqualTo("{b=1, a={y=2, x=3}}");
    }

    @Test
    void get_followsObjectsOnly() {
        AttributeTree<Object> tree =
                tree(
                        pairs(
                                "llm.token_count.prompt",
                                5,
                                "list.0.b",
                                1,
                                "list.x",
                                2,
                                "leaf",
                                3,
                                "leaf.deeper",
                                4,
                                "numbers.0",
                                6));

        assertThat(tree.get("llm.token_count.prompt")).isEqualTo(5);
        assertThat(tree.get("numbers.0")).isEqualTo(6);
        assertThat(tree.get("leaf")).isEqualTo(3);
        assertThat(tree.get("leaf.deeper")).isNull();
        assertThat(tree.get("list")).isNull();
        assertThat(tree.get("list.x")).isNull();
        assertThat(tree.get("list.0.b")).isNull();
        assertThat(tree.get("llm.token_count")).isNull();
        assertThat(tree.get("llm.absent.more")).isNull();
        assertThat(tree.get("")).isNull();
        assertThat(tree(pairs("", 1)).get("")).isEqualTo(1);
    }

    @Test
    void accept_path_showsOnePlace() {
        AttributeTree<Object> tree = tree(pairs("input.value.x", 1, "input.value.y.0.z", 2));

        assertThat(place(tree, "input.value"))
                .isEqualTo("{name x value 1 name y [{name z value 2 }]}");
        assertThat(place(tree, "input.value.x")).isEqualTo("value 1 ");
        assertThat(place(tree, "input.value.y")).isEqualTo("[{name z value 2 }]");
        assertThat(place(tree, "absent")).isEqualTo("nothing");
        assertThat(place(tree, "")).isEqualTo("nothing");
    }

    @Test
    void with_replacesWhatWasThereAndLeavesTheOriginal() {
        AttributeTree<Object> tree = tree(pairs("input.value.x", 1, "input.value", 0, "other", 2));

        AttributeTree<Object> changed = tree.with("input.value", "text").with("new.name", 3);

        assertThat(maps(changed))
                .isEqualTo(
                        Map.of(
                                "input",
                                Map.of("value", "text"),
                                "other",
                                2,
                                "new",
                                Map.of("name", 3)));
        assertThat(maps(tree))
                .isEqualTo(Map.of("input", Map.of("value", 0, "value.x", 1), "other", 2));
    }

    @Test
    void builder_tellsWhatWasPut_andStartsAnewAfterBuild() {
        AttributeTree.Builder<Object> builder =
                AttributeTree.builder().put("a", 1).put("a.b", 2).put("a", 3);

        assertThat(builder.get(" a . b")).isEqualTo(2);
        assertThat(builder.get("a")).isEqualTo(3);
        assertThat(builder.get("a.b.c")).isNull();
        assertThat(maps(builder.build())).isEqualTo(Map.of("a", 3, "a.b", 2));
        assertThat(maps(builder.build())).isEmpty();
    }

    private record Row(Map<String, Object> flat) {
        Arguments is(Object... expected) {
            return arguments(flat, pairs(expected));
        }
    }

    private static Row row(@Nullable Object... namesAndValues) {
        return new Row(pairs(namesAndValues));
    }

    @SuppressWarnings("NullAway") // null values are among the rows
    private static Map<String, Object> pairs(@Nullable Object... namesAndValues) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return pairs;
    }

    private static Map<String, Object> reversed(Map<String, Object> pairs) {
        List<Map.Entry<String, Object>> entries = new ArrayList<>(pairs.entrySet());
        Map<String, Object> reversed = new LinkedHashMap<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            reversed.put(entries.get(i).getKey(), entries.get(i).getValue());
        }
        return reversed;
    }

    private static AttributeTree<Object> tree(Map<String, Object> pairs) {
        AttributeTree.Builder<Object> builder = AttributeTree.builder();
        pairs.forEach(builder::put);
        return builder.build();
    }

    private static Map<String, Object> maps(AttributeTree<Object> tree) {
        NestedMap maps = new NestedMap();
        tree.accept(maps);
        return maps.result();
    }

    private static String place(AttributeTree<Object> tree, String path) {
        Transcript transcript = new Transcript(new StringBuilder());
        return tree.accept(path, transcript) ? transcript.text().toString() : "nothing";
    }

    private static int depth(Object value) {
        int depth = 0;
        Object current = value;
        while (true) {
            if (current instanceof Map<?, ?> map) {
                depth++;
                current = map.values().iterator().next();
            } else if (current instanceof List<?> list) {
                current = list.get(0);
            } else {
                return depth;
            }
        }
    }

    private record Transcript(StringBuilder text) implements AttributeVisitor<Object> {
        @Override
        public void beginObject() {
            text.append('{');
        }

        @Override
        public void endObject() {
            text.append('}');
        }

        @Override
        public void beginArray() {
            text.append('[');
        }

        @Override
        public void endArray() {
            text.append(']');
        }

        @Override
        public void name(String name) {
            text.append("name ").append(name).append(' ');
        }

        @Override
        public void value(Object value) {
            text.append("value ").append(value).append(' ');
        }
    }
}
