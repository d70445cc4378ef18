package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The tokens of a call are those it costs, whatever its sender leaves out of them. */
@ServerTest
class TokenCountsTest {

    private final TestServer server;
    private final Api api;

    TokenCountsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    private record Counts(long prompt, long completion, long total, long billed) {}

    static Stream<Arguments> senders() {
        return Stream.of(
                Arguments.of(
                        "Google ADK with content",
                        Map.of(
                                "gen_ai.system",
                                "gcp.vertex.agent",
                                "gen_ai.request.model",
                                "gemini-2.5-flash",
                                "gcp.vertex.agent.llm_request",
                                "{\"model\": \"gemini-2.5-flash\", \"contents\": []}",
                                "gcp.vertex.agent.llm_response",
                                """
                                {"usage_metadata": {"candidates_token_count": 20, "prompt_token_count": 10,
                                 "thoughts_token_count": 30, "total_token_count": 60}}\
                                """),
                        10,
                        50),
                Arguments.of(
                        "Google ADK without content",
                        genAi(
                                "gemini-2.5-flash",
                                Map.of(
                                        "input_tokens",
                                        10,
                                        "output_tokens",
                                        20,
                                        "experimental.reasoning_tokens",
                                        5)),
                        10,
                        25),
                Arguments.of(
                        "a total with thoughts on top",
                        genAi(
                                "gemini-2.5-flash",
                                Map.of(
                                        "input_tokens", 10,
                                        "output_tokens", 20,
                                        "reasoning_tokens", 5,
                                        "total_tokens", 35)),
                        10,
                        25),
                Arguments.of(
                        "OpenAI, thoughts within",
                        genAi(
                                "o3",
                                Map.of(
                                        "input_tokens",
                                        10,
                                        "output_tokens",
                                        20,
                                        "reasoning_tokens",
                                        5)),
                        10,
                        20),
                Arguments.of(
                        "Anthropic's counts by hand",
                        genAi(
                                "claude-sonnet-4-5",
                                Map.of(
                                        "input_tokens", 10,
                                        "output_tokens", 20,
                                        "cache_read_input_tokens", 900,
                                        "cache_creation_input_tokens", 90)),
                        1000,
                        20),
                Arguments.of(
                        "Anthropic, instrumented",
                        genAi(
                                "claude-sonnet-4-5",
                                Map.of(
                                        "input_tokens", 1000,
                                        "output_tokens", 20,
                                        "cache_read.input_tokens", 900,
                                        "cache_write.input_tokens", 90)),
                        1000,
                        20),
                Arguments.of(
                        "Bedrock, whose total has the cache on top",
                        genAi(
                                "anthropic.claude-sonnet-4-20250514-v1:0",
                                Map.of(
                                        "input_tokens", 10,
                                        "output_tokens", 20,
                                        "cache_read_input_tokens", 5,
                                        "total_tokens", 35)),
                        15,
                        20),
                Arguments.of(
                        "Langfuse with Anthropic's counts",
                        langfuse(
                                "claude-sonnet-4-5",
                                """
                                {"input": 10, "output": 20, "cache_read_input_tokens": 4,
                                 "cache_creation_input_tokens": 2}\
                                """),
                        16,
                        20),
                Arguments.of(
                        "Langfuse with LangChain's counts",
                        langfuse(
                                "claude-sonnet-4-5",
                                "{\"input\": 10, \"output\": 20, \"input_cache_read\": 4, \"total\": 34}"),
                        14,
                        20),
                Arguments.of(
                        "Langfuse with OpenAI's counts",
                        langfuse(
                                "gpt-4o",
                                """
                                {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120,
                                 "prompt_tokens_details": {"cached_tokens": 60}}\
                                """),
                        100,
                        20),
                Arguments.of(
                        "AI SDK 4 with Anthropic",
                        aiSdk(
                                "anthropic.messages",
                                "{\"anthropic\": {\"cacheReadInputTokens\": 4, \"cacheCreationInputTokens\": 2}}"),
                        16,
                        20),
                Arguments.of(
                        "AI SDK 4 with OpenAI",
                        aiSdk("openai.chat", "{\"openai\": {\"cachedPromptTokens\": 4}}"),
                        10,
                        20));
    }

    private static Map<String, Object> genAi(String model, Map<String, Integer> usage) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("gen_ai.operation.name", "chat");
        attributes.put("gen_ai.request.model", model);
        usage.forEach((name, count) -> attributes.put("gen_ai.usage." + name, count));
        return attributes;
    }

    private static Map<String, Object> langfuse(String model, String usage) {
        return Map.of(
                "langfuse.observation.type", "generation",
                "langfuse.observation.model.name", model,
                "langfuse.observation.usage_details", usage);
    }

    private static Map<String, Object> aiSdk(String provider, String metadata) {
        return Map.of(
                "ai.operationId",
                "ai.generateText.doGenerate",
                "ai.model.id",
                "claude-sonnet-4-5",
                "ai.model.provider",
                provider,
                "ai.usage.promptTokens",
                10,
                "ai.usage.completionTokens",
                20,
                "ai.response.providerMetadata",
                metadata);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("senders")
    void derivedCounts_areThoseThatCost(
            String sender, Map<String, Object> attributes, long prompt, long completion) {
        Telemetry telemetry = Telemetry.of(server);
        telemetry
                .span(
                        1,
                        1,
                        0,
                        9,
                        span -> {
                            span.name("call_llm");
                            attributes.forEach(span::attribute);
                        })
                .send();

        assertThat(counts(telemetry))
                .isEqualTo(
                        new Counts(prompt, completion, prompt + completion, prompt + completion));
    }

    @Test
    void countsInOpenInferencesOwnNames_stayAsTheyWereSent() {
        Telemetry telemetry = Telemetry.of(server);
        telemetry
                .span(
                        1,
                        1,
                        0,
                        9,
                        span ->
                                span.tokens(10, 20)
                                        .attribute("llm.model_name", "claude-sonnet-4-5")
                                        .attribute("llm.token_count.prompt_details.cache_read", 90))
                .send();

        assertThat(counts(telemetry)).isEqualTo(new Counts(10, 20, 30, 120));
    }

    @Test
    void totalOfOneSender_addsNothingToTheCountsOfAnother() {
        Map<String, Object> genAi =
                genAi("gpt-4o", Map.of("input_tokens", 70, "output_tokens", 7, "total_tokens", 77));
        Telemetry own = Telemetry.of(server);
        own.span(
                        1,
                        1,
                        0,
                        9,
                        span -> {
                            genAi.forEach(span::attribute);
                            span.attribute("llm.token_count.prompt", 60);
                        })
                .send();
        Telemetry langfuse = Telemetry.of(server);
        langfuse.span(
                        1,
                        1,
                        0,
                        9,
                        span -> {
                            genAi.forEach(span::attribute);
                            langfuse("gpt-4o", "{\"input\": 5}").forEach(span::attribute);
                        })
                .send();

        assertThat(counts(own)).isEqualTo(new Counts(60, 7, 67, 67));
        assertThat(counts(langfuse)).isEqualTo(new Counts(5, 7, 12, 12));
    }

    @Test
    void kindInLowerCase_hasTheCostOfItsTokens() {
        Telemetry telemetry = Telemetry.of(server);
        telemetry
                .span(
                        1,
                        1,
                        0,
                        9,
                        span ->
                                span.kind("llm")
                                        .attribute("llm.model_name", "gpt-4o")
                                        .attribute("llm.token_count.prompt", 10)
                                        .attribute("llm.token_count.completion", 20))
                .send();

        assertThat(counts(telemetry)).isEqualTo(new Counts(10, 20, 30, 30));
    }

    @Test
    void embedding_hasTheCostOfItsTokens() {
        Telemetry telemetry = Telemetry.of(server);
        telemetry
                .span(
                        1,
                        1,
                        0,
                        9,
                        span ->
                                span.kind("EMBEDDING")
                                        .attribute("embedding.model_name", "text-embedding-3-small")
                                        .attribute("llm.token_count.prompt", 1_000_000))
                .send();

        assertThat(counts(telemetry)).isEqualTo(new Counts(1_000_000, 0, 1_000_000, 1_000_000));
        assertThat(span(telemetry).at("/costSummary/total/cost").asDouble()).isEqualTo(0.02);
        assertThat(
                        span(telemetry)
                                .at("/cumulativeCostDetailSummaryEntries/0/value/cost")
                                .asDouble())
                .isEqualTo(0.02);
    }

    @Test
    void whatCannotBeACount_isLeftOut_andToldWhy() {
        for (Object count :
                List.of(
                        Long.MAX_VALUE,
                        Long.MIN_VALUE,
                        -1L,
                        1_000_000_001L,
                        1e300,
                        -0.5e19,
                        "9223372036854775808")) {
            assertLeftOut(Map.of("gen_ai.usage.input_tokens", count), "gen_ai.usage.input_tokens");
            assertLeftOut(Map.of("llm.token_count.prompt", count), "llm.token_count.prompt");
        }
        assertLeftOut(Map.of("llm.token_count.prompt", "many"), "llm.token_count.prompt");
        assertLeftOut(Map.of("llm.token_count.prompt", Double.NaN), "llm.token_count.prompt");
        assertThat(server.differences()).isEmpty();
    }

    private void assertLeftOut(Map<String, Object> sent, String source) {
        Telemetry telemetry = Telemetry.of(server);
        telemetry
                .span(
                        1,
                        1,
                        0,
                        9,
                        span -> {
                            genAi("gpt-4o", Map.of("output_tokens", 20)).forEach(span::attribute);
                            sent.forEach(span::attribute);
                        })
                .span(
                        1,
                        2,
                        0,
                        9,
                        span ->
                                span.parent(1)
                                        .kind("LLM")
                                        .attribute("llm.model_name", "gpt-4o")
                                        .attribute("llm.token_count.prompt", 3))
                .send();

        assertThat(counts(telemetry)).as("%s", sent).isEqualTo(new Counts(0, 20, 20, 20));
        JsonNode trace =
                api.query(
                                "{getTraceByOtelId(traceId: \"%s\") {tokenUsage {prompt completion total} costSummary {total {tokens}}}}"
                                        .formatted(telemetry.traceId(1)))
                        .get("getTraceByOtelId");
        assertThat(trace)
                .as("%s", sent)
                .isEqualTo(
                        Api.json(
                                """
                                {'tokenUsage': {'prompt': 3.0, 'completion': 20.0, 'total': 23.0},
                                 'costSummary': {'total': {'tokens': 23.0}}}\
                                """));
        JsonNode missing = span(telemetry).at("/derivation/missing");
        assertThat(missing.valueStream())
                .as("%s", sent)
                .contains(
                        Api.json(
                                """
                                {'path': 'llm.token_count.prompt', 'reason': 'UNREADABLE', 'source': '%s',
                                 'advice': 'send counts of tokens as whole numbers from 0 to 1000000000'}\
                                """
                                        .formatted(source)));
    }

    @Test
    void countsOverRest_areJudgedLikeThoseOfExporters() {
        String project = server.projectName();
        String trace = "%032x".formatted(System.nanoTime());
        String spans =
                """
                {'data': [%s]}\
                """
                        .formatted(
                                String.join(
                                        ",",
                                        List.of(
                                                json(trace, 1, "9223372036854775808"),
                                                json(trace, 2, "9223372036854775807"),
                                                json(trace, 3, "-5"),
                                                json(trace, 4, "1e30"),
                                                json(trace, 5, "7"))));
        var answer =
                server.post(
                        "/v1/projects/" + project + "/spans",
                        "application/json",
                        Api.json(spans).toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

        JsonNode found =
                api.query(
                                "{getProjectByName(name: \"%s\") {tokenCountPrompt tokenCountTotal costSummary {prompt {tokens}}}}"
                                        .formatted(project))
                        .get("getProjectByName");

        assertThat(found)
                .isEqualTo(
                        Api.json(
                                "{'tokenCountPrompt': 7.0, 'tokenCountTotal': 17.0, 'costSummary': {'prompt': {'tokens': 7.0}}}"));
        assertThat(server.differences()).isEmpty();
    }

    private static String json(String trace, int number, String prompt) {
        return """
        {'name': 'call', 'context': {'trace_id': '%s', 'span_id': '%s%02x'}, 'span_kind': 'LLM',
         'start_time': '2026-01-01T00:00:00Z', 'end_time': '2026-01-01T00:00:01Z', 'status_code': 'OK',
         'attributes': {'llm.model_name': 'gpt-4o', 'llm.token_count.prompt': %s, 'llm.token_count.completion': 2}}\
        """
                .formatted(trace, trace.substring(18), number, prompt);
    }

    private Counts counts(Telemetry telemetry) {
        JsonNode span = span(telemetry);
        return new Counts(
                span.get("tokenCountPrompt").asLong(0),
                span.get("tokenCountCompletion").asLong(0),
                span.get("tokenCountTotal").asLong(0),
                span.at("/costSummary/total/tokens").asLong(0));
    }

    private JsonNode span(Telemetry telemetry) {
        return api.query(
                        """
                        {getSpanByOtelId(spanId: "%s") {tokenCountPrompt tokenCountCompletion tokenCountTotal
                          costSummary {total {tokens cost}}
                          cumulativeCostDetailSummaryEntries {value {cost}}
                          derivation {missing {path reason source advice}}}}\
                        """
                                .formatted(telemetry.spanId(1)))
                .get("getSpanByOtelId");
    }
}
