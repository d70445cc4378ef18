package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceConfigTest extends OtelTest {

    private static final Map<String, Object> ALL =
            Map.ofEntries(
                    Map.entry("input.value", "v"),
                    Map.entry("input.mime_type", "v"),
                    Map.entry("output.value", "v"),
                    Map.entry("output.mime_type", "v"),
                    Map.entry("llm.invocation_parameters", "v"),
                    Map.entry("llm.tools.0.tool.json_schema", "v"),
                    Map.entry("llm.prompts.0.prompt.text", "v"),
                    Map.entry("llm.choices.0.completion.text", "v"),
                    Map.entry("llm.input_messages.0.message.role", "v"),
                    Map.entry("llm.input_messages.0.message.content", "v"),
                    Map.entry("llm.input_messages.0.message.contents.0.message_content.text", "v"),
                    Map.entry(
                            "llm.input_messages.0.message.contents.1.message_content.image.image.url",
                            "v"),
                    Map.entry("llm.output_messages.0.message.role", "v"),
                    Map.entry("llm.output_messages.0.message.content", "v"),
                    Map.entry("llm.output_messages.0.message.contents.0.message_content.text", "v"),
                    Map.entry("embedding.embeddings.0.embedding.text", "v"),
                    Map.entry("embedding.embeddings.0.embedding.vector", List.of(1.0)));

    /** What disappears ({@code -key}) and what is redacted ({@code key}), by the end of the key. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INPUTS | -input.mime_type -llm.input_messages.0.message.content -llm.input_messages.0.message.contents.0.message_content.text -llm.input_messages.0.message.contents.1.message_content.image.image.url -llm.input_messages.0.message.role -llm.tools.0.tool.json_schema input.value
                    OUTPUTS | -llm.output_messages.0.message.content -llm.output_messages.0.message.contents.0.message_content.text -llm.output_messages.0.message.role -output.mime_type output.value
                    INPUT_MESSAGES | -llm.input_messages.0.message.content -llm.input_messages.0.message.contents.0.message_content.text -llm.input_messages.0.message.contents.1.message_content.image.image.url -llm.input_messages.0.message.role
                    OUTPUT_MESSAGES | -llm.output_messages.0.message.content -llm.output_messages.0.message.contents.0.message_content.text -llm.output_messages.0.message.role
                    INPUT_IMAGES | -llm.input_messages.0.message.contents.1.message_content.image.image.url
                    INPUT_TEXT | llm.input_messages.0.message.content llm.input_messages.0.message.contents.0.message_content.text
                    OUTPUT_TEXT | llm.output_messages.0.message.content llm.output_messages.0.message.contents.0.message_content.text
                    LLM_INVOCATION_PARAMETERS | -llm.invocation_parameters
                    LLM_TOOLS | -llm.tools.0.tool.json_schema
                    PROMPTS | llm.prompts.0.prompt.text
                    CHOICES | llm.choices.0.completion.text
                    EMBEDDINGS_VECTORS | embedding.embeddings.0.embedding.vector
                    EMBEDDINGS_TEXT | embedding.embeddings.0.embedding.text
                    """)
    void hiddenPart_isDroppedOrRedacted(Hide part, String changes) {
        Map<String, Object> expected = new TreeMap<>(ALL);
        for (String change : changes.split(" ", -1)) {
            if (change.startsWith("-")) {
                expected.remove(change.substring(1));
            } else {
                expected.put(change, "__REDACTED__");
            }
        }
        expected.put("openinference.span.kind", "LLM");

        assertThat(sent(config().hide(part), ALL)).isEqualTo(expected);
    }

    @Test
    void nothing_isHiddenByDefault() {
        assertThat(sent(config(), ALL)).containsAllEntriesOf(ALL);
    }

    @Test
    void environment_hidesUnlessTheCodeShows() {
        TraceConfig config =
                TraceConfig.builder()
                        .env(
                                Map.of(
                                        "OPENINFERENCE_HIDE_INPUTS", "TRUE",
                                        "OPENINFERENCE_HIDE_OUTPUTS", "true",
                                        "OPENINFERENCE_HIDE_CHOICES", "False",
                                        "OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH", "10"))
                        .show(Hide.OUTPUTS)
                        .hide(Hide.PROMPTS)
                        .build();

        assertThat(config.hidden()).isEqualTo(EnumSet.of(Hide.INPUTS, Hide.PROMPTS));
        assertThat(config.base64ImageMaxLength()).isEqualTo(10);
    }

    @Test
    void oldNameOfAVariable_stillWorks() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(hidden(Map.of("OPENINFERENCE_HIDE_EMBEDDING_VECTORS", "true")))
                    .containsExactly(Hide.EMBEDDINGS_VECTORS);
            assertThat(log.warnings())
                    .containsExactly(
                            "OPENINFERENCE_HIDE_EMBEDDING_VECTORS is now called"
                                    + " OPENINFERENCE_HIDE_EMBEDDINGS_VECTORS");
        }
    }

    @Test
    void valueOfAVariableThatMakesNoSense_isIgnoredWithAWarning() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(
                            hidden(
                                    Map.of(
                                            "OPENINFERENCE_HIDE_INPUTS",
                                            "yes",
                                            "OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH",
                                            "-1")))
                    .isEmpty();
            assertThat(log.warnings())
                    .containsExactlyInAnyOrder(
                            "OPENINFERENCE_HIDE_INPUTS is ignored: it must be true or false, was"
                                    + " yes",
                            "OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH is ignored: it must be a number"
                                    + " of characters, was -1");
        }
    }

    @Test
    void lazyValue_isOnlyAskedForIfItIsKept() {
        AtomicInteger asked = new AtomicInteger();
        Supplier<String> lazy = () -> "value " + asked.incrementAndGet();
        Map<String, Object> values =
                Map.of("llm.invocation_parameters", lazy, "input.value", lazy, "other", lazy);

        assertThat(sent(config().hide(Hide.INPUTS, Hide.LLM_INVOCATION_PARAMETERS), values))
                .isEqualTo(
                        Map.of(
                                "openinference.span.kind", "LLM",
                                "input.value", "__REDACTED__",
                                "other", "value 1"));
    }

    @Test
    void largeImage_isRedactedOrUploaded() {
        String key = "llm.input_messages.0.message.contents.0.message_content.image.image.url";
        String image =
                "data:image/png;base64,"
                        + Base64.getEncoder()
                                .encodeToString("pixels".getBytes(StandardCharsets.UTF_8));
        TraceConfig.Builder exact = config().base64ImageMaxLength(image.length());
        TraceConfig.Builder less = config().base64ImageMaxLength(image.length() - 1);

        assertThat(sent(exact, Map.of(key, image))).containsEntry(key, image);
        assertThat(sent(less, Map.of(key, image))).containsEntry(key, "__REDACTED__");
        assertThat(sent(less, Map.of(key, "http://example.com/a-long-address-of-an-image.png")))
                .containsEntry(key, "http://example.com/a-long-address-of-an-image.png");

        less.blobUploader(
                (type, content) ->
                        Optional.of(
                                URI.create(
                                        "s3://b/"
                                                + type
                                                + "/"
                                                + new String(content, StandardCharsets.UTF_8))));
        assertThat(sent(less, Map.of(key, image))).containsEntry(key, "s3://b/image/png/pixels");
    }

    @Test
    void failingUploader_meansRedacted() {
        String key = "llm.input_messages.0.message.contents.0.message_content.image.image.url";
        TraceConfig.Builder config =
                config().base64ImageMaxLength(0)
                        .blobUploader(
                                (type, content) -> {
                                    throw new IllegalStateException("no bucket");
                                });

        assertThat(sent(config, Map.of(key, "data:image/png;base64,AAAA")))
                .containsEntry(key, "__REDACTED__");
        assertThatThrownBy(() -> config().base64ImageMaxLength(-1))
                .hasMessage("base64ImageMaxLength must be 0 or more, was -1");
    }

    private static TraceConfig.Builder config() {
        return TraceConfig.builder().env(Map.of());
    }

    private static Set<Hide> hidden(Map<String, String> environment) {
        return TraceConfig.builder().env(environment).build().hidden();
    }

    private Map<String, Object> sent(TraceConfig.Builder config, Map<String, Object> values) {
        receiver.exports().clear();
        try (PhoenixOtel otel = otel().traceConfig(config.build()).register()) {
            OiSpan span = otel.tracer("test").llm("work").start();
            values.forEach(span::attribute);
            span.end();
        }
        return receiver.span("work").attributes();
    }
}
