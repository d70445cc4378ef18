package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Secrets are found by their names in text that nobody parses. */
class SecretTextTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"api_key": "abc"}                      | {"api_key": "[masked]"}
                    {"openAIApiKey":"abc","n":1}            | {"openAIApiKey":"[masked]","n":1}
                    {"x-api-key" : ["a", "b"]}              | {"x-api-key" : ["[masked]", "[masked]"]}
                    {"a":"{\\"password\\":\\"p\\\\\\"q\\"}"} | {"a":"{\\"password\\":\\"[masked]\\"}"}
                    {"api_key": "cut                        | {"api_key": "[masked]
                    {'api_key': 'abc', 'b': None}           | {'api_key': '[masked]', 'b': None}
                    {'api_key': "it's", 'n': 1}             | {'api_key': "[masked]", 'n': 1}
                    [["authorization", "Bearer a1b2c3d4e5f6a7b8"]] | [["authorization", "[masked]"]]
                    {"name": "authorization", "value": "x"} | {"name": "authorization", "value": "[masked]"}
                    {"env": {"HOME": "/h", "n": "1"}, "A": "b"} | {"env": {"HOME": "[masked]", "n": "1"}, "A": "b"}
                    {"OPENAI_API_BASE": "http://h"}         | {"OPENAI_API_BASE": "[masked]"}
                    {"token": "a1b2c3d4e5f6a7b8c9d0"}       | {"token": "[masked]"}
                    """)
    void value_of_a_secret_name_is_hidden(String text, String masked) {
        assertThat(SecretText.masked(text, false)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"token": "authorization", "id": "a1b2c3d4e5f6a7b8c9d0e1"}
                    {"required": ["api_key", "password", "token"]}
                    {"api_key": {"type": "string"}, "password": ""}
                    {"next_page_token": "a1b2c3d4e5f6a7b8c9d0e1", "cache_key": "a1b2c3d4e5f6a7b8c9d0e1"}
                    {"prompt_tokens": "12", "max_tokens": "10", "api_key": null}
                    the "api_key": "abc" is prose
                    {"env": "production", "PATH": "x"}
                    """)
    void everything_else_stays(String text) {
        assertThat(SecretText.masked(text, false)).isNull();
    }

    @Property
    void json_stays_json_with_nothing_changed_but_what_is_hidden(
            @ForAll("values") String secret, @ForAll("values") String other) {
        ObjectNode sent = NODES.objectNode();
        sent.put("first", other).put("api_key", secret).put("last", other);
        ObjectNode expected = sent.deepCopy();
        expected.put("api_key", secret.isEmpty() ? "" : SecretMask.MASKED);

        assertThat(masked(sent)).isEqualTo(expected);

        JsonNode twice = NODES.objectNode().put("body", sent.toString());
        assertThat(JsonValues.read(masked(twice).get("body").asString())).isEqualTo(expected);

        JsonNode thrice = NODES.arrayNode().add(twice.toString());
        assertThat(
                        JsonValues.read(
                                JsonValues.read(masked(thrice).get(0).asString())
                                        .get("body")
                                        .asString()))
                .isEqualTo(expected);
    }

    @Property
    void no_text_is_too_strange(@ForAll("fragments") String text) {
        String masked = SecretText.masked(text, true);
        if (masked != null) {
            assertThat(SecretText.masked(masked, true)).isNull();
        }
    }

    /** With everything that JSON escapes, and without names of secrets. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().withChars("ab1 \"\\'{}[],:\n\t\u00e9").ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> fragments() {
        return Arbitraries.of(
                        List.of(
                                "{",
                                "}",
                                "[",
                                "]",
                                "\"",
                                "'",
                                "\\",
                                ":",
                                ",",
                                " ",
                                "\n",
                                "api_key",
                                "\"api_key\"",
                                "token",
                                "env",
                                "HOME",
                                "value",
                                "a1b2c3d4e5f6a7b8c9d0"))
                .list()
                .ofMaxSize(30)
                .map(parts -> "{" + String.join("", parts));
    }

    private static JsonNode masked(JsonNode json) {
        String masked = SecretText.masked(json.toString(), false);
        return masked == null ? json : JsonValues.read(masked);
    }
}
