package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServerTest
class AttributeFilterTest {

    private static final String HOLDS_NUMBERS =
            """
            {"one": 1.0, "third": 0.33333333333333333333, "beyond": 18446744073709551616,
             "endless": 1%s}"""
                    .formatted("0".repeat(400));

    private final TestServer server;
    private final Telemetry sent;

    AttributeFilterTest(TestServer server) {
        this.server = server;
        this.sent = Telemetry.of(server);
    }

    @BeforeEach
    void sendOneSpan() {
        sent.span(
                        1,
                        1,
                        0,
                        1,
                        span ->
                                span.attribute("flag", true)
                                        .attribute("flagText", "true")
                                        .attribute("count", 5)
                                        .attribute("countText", "5")
                                        .attribute("whole", 5.0)
                                        .attribute("ratio", 0.5)
                                        .attribute("large", 9007199254740993L)
                                        .attribute("small", 0.0001)
                                        .attribute("millions", 12345678.0)
                                        .attribute("zero", -0.0)
                                        .attribute("negative", -120)
                                        .attribute("hundreds", 120.0)
                                        .attribute("json.metadata", HOLDS_NUMBERS)
                                        .attribute("nan", Double.NaN)
                                        .attribute("nanText", "NaN")
                                        .attribute("model.name", "gpt-5: \"fast\" ☕")
                                        .attribute("list", List.of("a", "b"))
                                        .attribute("messages.0.role", "user")
                                        .attribute("quo\"te.back\\slash", "x")
                                        .attribute("per%cent", "100%")
                                        .attribute("nested.0", "leaf"))
                .send();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "flag:true, true",
                "flag:false, false",
                "flagText:true, false",
                "flagText:\"true\", true",
                "flag:\"true\", false",
                "count:5, true",
                "count:5.0, true",
                "count:5e0, true",
                "count:5.5, false",
                "count:6, false",
                "count:\"5\", false",
                "countText:5, false",
                "countText:\"5\", true",
                "whole:5, true",
                "whole:5.0, true",
                "ratio:0.5, true",
                "ratio:0.50, true",
                "ratio:0.25, false",
                "large:9007199254740993, true",
                "large:9007199254740992, false",
                "small:0.0001, true",
                "small:1.0E-4, true",
                "small:0.00011, false",
                "millions:12345678, true",
                "millions:12345678.0, true",
                "millions:1.2345678E7, true",
                "negative:-120, true",
                "negative:-1.2e2, true",
                "negative:-12, false",
                "negative:120, false",
                "hundreds:120, true",
                "hundreds:-120, false",
                "hundreds:1200, false",
                "zero:0, true",
                "zero:-0.0, true",
                "json.metadata.one:1.0, true",
                "json.metadata.one:1, true",
                "json.metadata.third:0.3333333333333333, true",
                "json.metadata.beyond:18446744073709551616, true",
                "json.metadata.beyond:1.8446744073709552E19, true",
                "json.metadata.beyond:18446744073709600000, false",
                "json.metadata.endless:1, false",
                "json.metadata.endless:0.5, false",
                "nan:NaN, false",
                "nan:0, false",
                "nanText:NaN, true",
                "model.name:gpt-5: \"fast\" ☕, true",
                "model.name:gpt-5, false",
                "model.name:\"gpt-5: \\\"fast\\\" ☕\", true",
                "model:gpt-5, false",
                "list:a, false",
                "list.0:a, false",
                "messages.0.role:user, false",
                "nested.0:leaf, true",
                "quo\"te.back\\slash:x, true",
                "per%cent:100%, true",
                "missing:x, false",
                "' OR '1'='1:x, false"
            })
    void attribute_matchesByTypeAndValue(String filter, boolean matches) {
        assertThat(found(filter)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"flag:true, count:5, true", "flag:true, count:6, false"})
    void severalFilters_mustAllMatch(String first, String second, boolean matches) {
        assertThat(found(first + "&attribute=" + second)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path:1e400",
                "noColon",
                ":value",
                "path:",
                "path:null",
                "path:[1]",
                "path:{\"a\":1}",
                ""
            })
    void otherValues_areRefused(String filter) {
        var response =
                server.get(
                        "/v1/projects/%s/spans?attribute=%s"
                                .formatted(sent.project(), Api.encode(filter)));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).startsWith("attribute must be path:value");
    }

    private boolean found(String filter) {
        String encoded = Api.encode(filter).replace("%26attribute%3D", "&attribute=");
        String path = "/v1/projects/%s/spans?attribute=%s".formatted(sent.project(), encoded);
        return !new Api(server).get(path).get("data").isEmpty();
    }
}
