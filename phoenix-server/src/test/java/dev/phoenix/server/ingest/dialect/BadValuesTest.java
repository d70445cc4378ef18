package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each attribute of each dialect with values that nobody should send: always a derivation. */
class BadValuesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Dialects DIALECTS = new Dialects();

    static List<DialectExamples.Example> examples() {
        return DialectExamples.all();
    }

    private static List<JsonNode> bad() {
        List<JsonNode> values =
                new ArrayList<>(
                        List.of(
                                NODES.nullNode(),
                                NODES.booleanNode(true),
                                NODES.numberNode(-7),
                                NODES.numberNode(Double.NaN),
                                NODES.numberNode(1e300),
                                NODES.arrayNode(),
                                NODES.objectNode(),
                                NODES.arrayNode().add(NODES.nullNode()).add(NODES.arrayNode()),
                                NODES.objectNode().set("messages", NODES.nullNode())));
        for (String text :
                List.of(
                        "",
                        " ",
                        "{",
                        "[{\"role\":",
                        "null",
                        "NaN",
                        "\"",
                        "[[[[[]]]]]",
                        "[null,1,true,{},[]]",
                        "{\"messages\":{},\"tools\":1,\"usage\":[],\"choices\":null,\"config\":3}",
                        "{\"role\":5,\"content\":{\"content\":{}},\"parts\":null,\"tool_calls\":\"x\"}",
                        "[{\"role\":\"oracle\",\"parts\":[{\"type\":\"tool_call\"},{\"type\":7}]}]",
                        "[{\"type\":\"tool_result\",\"content\":[{\"type\":\"image\"}]}]",
                        "{'a': [None, True, (1,)], 'b': object()}",
                        "[".repeat(10_000),
                        "\u0000\ud800")) {
            values.add(NODES.stringNode(text));
            values.add(NODES.arrayNode().add(text));
        }
        return values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void bad_values_cost_no_span(DialectExamples.Example example) {
        SentSpan span = example.span();
        for (String name : span.names()) {
            for (JsonNode value : bad()) {
                Derivation derivation = DIALECTS.read(with(span, name, value));
                assertThat(StoredDerivation.read(StoredDerivation.write(derivation)).derived())
                        .hasSameSizeAs(derivation.values());
                derivation.values().forEach(found -> assertThat(found.value().isNull()).isFalse());
            }
        }
    }

    private static SentSpan with(SentSpan span, String name, JsonNode value) {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        for (String other : span.names()) {
            JsonNode sent = span.get(other);
            if (sent != null) {
                attributes.put(other, sent);
            }
        }
        attributes.put(name, value);
        return new SentSpan(span.name(), span.failed(), span.scope(), attributes, span.events());
    }
}
