package dev.phoenix.core.attribute;

import static dev.phoenix.core.attribute.AttributeMaps.flatten;
import static dev.phoenix.core.attribute.AttributeMaps.unflatten;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Few distinct segments, so that indexes, leaves and spellings of one place collide often. */
class AttributeTreePropertiesTest {

    @Property(tries = 5_000)
    void unflatten_agreesWithTheObviousImplementation(@ForAll("flat") Map<String, Object> flat) {
        assertThat(unflatten(flat)).isEqualTo(ObviousUnflatten.unflatten(flat));
    }

    @Property(tries = 2_000)
    void unflatten_doesNotDependOnOrder(
            @ForAll("flat") Map<String, Object> flat, @ForAll Random random) {
        List<Map.Entry<String, Object>> entries = new ArrayList<>(flat.entrySet());
        Collections.shuffle(entries, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), entry.getValue()));

        assertThat(unflatten(shuffled)).isEqualTo(unflatten(flat));
    }

    @Property(tries = 2_000)
    void flatten_afterUnflatten_givesTheKeysBack(@ForAll("tidy") Map<String, Object> flat) {
        assertThat(flatten(unflatten(flat))).isEqualTo(flat);
    }

    @Property(tries = 2_000)
    void unflatten_isIdempotentThroughFlatten(@ForAll("namesAtTheEnd") Map<String, Object> flat) {
        Map<String, Object> once = unflatten(flat);

        assertThat(unflatten(flatten(once))).isEqualTo(once);
    }

    @Property(tries = 2_000)
    void flatten_isIdempotent(@ForAll("flat") Map<String, Object> flat) {
        Map<String, Object> once = flatten(unflatten(flat));

        assertThat(flatten(once)).isEqualTo(once);
    }

    @Property(tries = 2_000)
    void get_agreesWithReadingTheMaps(
            @ForAll("flat") Map<String, Object> flat, @ForAll("key") String path) {
        AttributeTree.Builder<Object> builder = AttributeTree.builder();
        flat.forEach(builder::put);

        assertThat(builder.build().get(path))
                .isEqualTo(ObviousUnflatten.read(unflatten(flat), path));
    }

    @Provide
    Arbitrary<Map<String, Object>> flat() {
        return Arbitraries.maps(key(), values()).ofMaxSize(8);
    }

    /** Closing a gap in a list may move it onto a number that is a name; these have none. */
    @Provide
    Arbitrary<Map<String, Object>> namesAtTheEnd() {
        return Arbitraries.maps(key().map(key -> key + ".end"), values()).ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> key() {
        Arbitrary<String> segment =
                Arbitraries.of(
                        "a", "b", "0", "1", "2", "00", "10", "-1", " a ", "", "\u0661", "c1");
        return segment.list().ofMaxSize(5).map(segments -> String.join(".", segments));
    }

    /** OpenInference-like keys: no place is both leaf and parent, indexes are contiguous. */
    @Provide
    Arbitrary<Map<String, Object>> tidy() {
        Arbitrary<String> name = Arbitraries.of("x", "y", "z");
        Arbitrary<Map<String, Object>> leaves = Arbitraries.maps(name, values()).ofMaxSize(3);
        Arbitrary<List<Map<String, Object>>> members =
                Arbitraries.maps(name, values()).ofMinSize(1).ofMaxSize(3).list().ofMaxSize(4);
        return leaves.flatMap(
                some ->
                        members.map(
                                list -> {
                                    Map<String, Object> flat = new LinkedHashMap<>();
                                    some.forEach((k, v) -> flat.put("llm." + k, v));
                                    for (int i = 0; i < list.size(); i++) {
                                        String prefix = "llm.messages." + i + ".message.";
                                        list.get(i).forEach((k, v) -> flat.put(prefix + k, v));
                                    }
                                    return flat;
                                }));
    }

    private static Arbitrary<Object> values() {
        return Arbitraries.of(1, "", "s", true, List.of(), List.of("p", "q"));
    }
}
