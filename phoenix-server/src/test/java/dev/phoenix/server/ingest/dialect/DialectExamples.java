package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small span of every dialect, also of those that no recording has, and what must be read. */
final class DialectExamples {

    /** As derived counts are. */
    static final JsonMapper LONGS =
            JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

    private DialectExamples() {}

    record Example(String dialect, SentSpan span, Map<String, JsonNode> expected) {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        for (String text : TEXT.split("\n---\n")) {
            JsonNode json = LONGS.readTree(text);
            Map<String, JsonNode> attributes = members(json.path("attributes"));
            List<SentEvent> events = new ArrayList<>();
            for (JsonNode event : json.path("events")) {
                events.add(
                        new SentEvent(
                                event.get("name").asString(),
                                0,
                                event.get("body"),
                                members(event.path("attributes"))));
            }
            all.add(
                    new Example(
                            json.get("dialect").asString(),
                            new SentSpan(
                                    json.path("name").asString("span"),
                                    false,
                                    json.path("scope").asString(""),
                                    Map.of(),
                                    attributes,
                                    events),
                            members(json.get("expected"))));
        }
        return all;
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.forEachEntry(members::put);
        return members;
    }

    private static final String TEXT =
            """
            {"dialect": "gen_ai", "name": "span", "scope": "", "attributes": {"gen_ai.operation.name": "chat", "gen_ai.provider.name": "aws.bedrock", "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": "12", "gen_ai.usage.output_tokens": 3.0, "gen_ai.input.messages": "[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"Hi\\"}]}]"}, "expected": {"openinference.span.kind": "LLM", "llm.provider": "aws", "llm.model_name": "m", "llm.token_count.prompt": 12, "llm.token_count.completion": 3, "llm.token_count.total": 15, "llm.input_messages": [{"message": {"role": "user", "content": "Hi"}}]}}
            ---
            {"dialect": "gen_ai", "name": "span", "scope": "", "attributes": {"gen_ai.retrieval.query.text": "q", "gen_ai.retrieval.documents": "[{\\"id\\":\\"a\\",\\"score\\":0.5}]"}, "expected": {"openinference.span.kind": "RETRIEVER", "input.value": "q", "retrieval.documents": [{"document": {"id": "a", "score": 0.5}}]}}
            ---
            {"dialect": "gen_ai_events", "name": "span", "scope": "", "attributes": {"gen_ai.operation.name": "chat"}, "expected": {"llm.input_messages": [{"message": {"role": "user", "content": "Hi"}}], "llm.output_messages": [{"message": {"role": "assistant", "content": "Hello", "finish_reason": "stop"}}]}, "events": [{"name": "gen_ai.user.message", "body": {"content": "Hi"}}, {"name": "gen_ai.choice", "body": "{\\"message\\":{\\"role\\":\\"assistant\\",\\"content\\":\\"Hello\\"},\\"finish_reason\\":\\"stop\\"}"}]}
            ---
            {"dialect": "gen_ai_other", "name": "span", "scope": "", "attributes": {"gen_ai.operation.name": "guardrail_check", "gen_ai.guardrail.name": "g"}, "expected": {"openinference.span.kind": "GUARDRAIL"}}
            ---
            {"dialect": "ai_sdk", "name": "span", "scope": "", "attributes": {"operation.name": "ai.generateText fn", "ai.result.text": "Hello", "ai.prompt": "{\\"prompt\\":\\"Hi\\"}", "ai.finishReason": "stop"}, "expected": {"openinference.span.kind": "AGENT", "output.value": "Hello", "llm.finish_reason": "stop"}}
            ---
            {"dialect": "ai_sdk", "name": "span", "scope": "", "attributes": {"ai.operationId": "ai.streamObject.doStream", "ai.model.provider": "google.vertex.chat", "ai.model.id": "g", "ai.usage.inputTokens": 5, "ai.usage.inputTokenDetails.cacheReadTokens": 2, "ai.telemetry.metadata.userId": "u"}, "expected": {"openinference.span.kind": "LLM", "llm.provider": "google", "llm.system": "vertexai", "llm.model_name": "g", "llm.token_count.prompt": 5, "llm.token_count.prompt_details.cache_read": 2, "user.id": "u"}}
            ---
            {"dialect": "langfuse", "name": "span", "scope": "", "attributes": {"langfuse.observation.type": "generation", "langfuse.user.id": "u", "langfuse.session.id": "s", "langfuse.observation.output": "Hello", "langfuse.observation.usage_details": "{\\"input\\":1,\\"output\\":2,\\"input_cached_tokens\\":1}", "langfuse.observation.prompt.name": "p", "langfuse.trace.metadata.tier": "\\"gold\\""}, "expected": {"openinference.span.kind": "LLM", "user.id": "u", "session.id": "s", "output.value": "Hello", "llm.token_count.prompt_details.cache_read": 1, "llm.token_count.total": 3, "prompt.id": "p", "metadata": {"tier": "gold"}}}
            ---
            {"dialect": "langsmith", "name": "span", "scope": "", "attributes": {"langsmith.span.kind": "retriever", "gen_ai.operation.name": "embeddings", "langsmith.metadata.thread_id": "t", "langsmith.span.tags": "a, b", "gen_ai.prompt": "{\\"q\\":\\"x\\"}", "gen_ai.completion": "{\\"output\\":[{\\"page_content\\":\\"text\\"}]}"}, "expected": {"openinference.span.kind": "RETRIEVER", "session.id": "t", "tag.tags": ["a", "b"], "retrieval.documents": [{"document": {"content": "text"}}]}}
            ---
            {"dialect": "mlflow", "name": "span", "scope": "", "attributes": {"mlflow.spanType": "\\"TOOL\\"", "mlflow.spanFunctionName": "\\"f\\"", "mlflow.spanOutputs": "\\"done\\"", "mlflow.spanInputs": "{\\"a\\": 1}"}, "expected": {"openinference.span.kind": "TOOL", "tool.name": "f", "output.value": "done", "tool.parameters": {"a": 1}}}
            ---
            {"dialect": "spring_ai", "name": "span", "scope": "", "attributes": {"spring.ai.kind": "vector_store", "db.operation.name": "query", "db.vector.query.content": "q", "db.vector.query.response.documents": "[\\"d1\\",\\"d2\\"]"}, "expected": {"openinference.span.kind": "RETRIEVER", "input.value": "q", "retrieval.documents": [{"document": {"content": "d1"}}, {"document": {"content": "d2"}}]}}
            ---
            {"dialect": "spring_ai", "name": "span", "scope": "", "attributes": {"spring.ai.kind": "tool_call", "gen_ai.operation.name": "framework", "spring.ai.tool.definition.name": "f", "spring.ai.tool.call.arguments": "{\\"a\\":1}"}, "expected": {"openinference.span.kind": "TOOL", "tool.name": "f", "input.value": "{\\"a\\":1}"}}
            ---
            {"dialect": "google_adk", "name": "agent_run [desk]", "scope": "gcp.vertex.agent", "attributes": {}, "expected": {"openinference.span.kind": "AGENT", "agent.name": "desk"}}
            ---
            {"dialect": "genkit", "name": "span", "scope": "", "attributes": {"genkit:metadata:subtype": "model", "genkit:type": "action", "genkit:name": "googleai/gemini", "genkit:input": "{\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":[{\\"text\\":\\"Hi\\"}]}],\\"config\\":{\\"temperature\\":1}}", "genkit:output": "{\\"message\\":{\\"role\\":\\"model\\",\\"content\\":[{\\"text\\":\\"Hello\\"}]},\\"finishReason\\":\\"stop\\",\\"usage\\":{\\"inputTokens\\":1,\\"outputTokens\\":2}}"}, "expected": {"openinference.span.kind": "LLM", "llm.model_name": "googleai/gemini", "llm.input_messages": [{"message": {"role": "user", "content": "Hi"}}], "llm.output_messages": [{"message": {"role": "model", "content": "Hello", "finish_reason": "stop"}}], "llm.token_count.prompt": 1, "llm.invocation_parameters": "{\\"temperature\\":1}"}}
            ---
            {"dialect": "livekit", "name": "llm_node", "scope": "", "attributes": {"lk.chat_ctx": "{\\"items\\":[{\\"type\\":\\"message\\",\\"role\\":\\"user\\",\\"content\\":[\\"Hi\\"]}]}", "lk.response.text": "Hello"}, "expected": {"openinference.span.kind": "LLM", "llm.input_messages": [{"message": {"role": "user", "content": "Hi"}}], "output.value": "Hello"}}
            ---
            {"dialect": "livekit", "name": "span", "scope": "", "attributes": {"lk.function_tool.name": "f", "lk.function_tool.output": "ok"}, "expected": {"openinference.span.kind": "TOOL", "tool.name": "f", "output.value": "ok"}}
            ---
            {"dialect": "mastra", "name": "span", "scope": "", "attributes": {"mastra.span.type": "workflow_run", "mastra.workflow_run.input": "in", "mastra.metadata.threadId": "t", "mastra.tags": "[\\"a\\"]"}, "expected": {"openinference.span.kind": "CHAIN", "input.value": "in", "session.id": "t", "tag.tags": ["a"]}}
            ---
            {"dialect": "litellm", "name": "span", "scope": "", "attributes": {"litellm.call_id": "x", "llm.request.type": "arerank", "gen_ai.cost.total_cost": 0.5, "metadata.usage_object": "{'prompt_tokens': 7, 'completion_tokens_details': None}", "llm.user": "u"}, "expected": {"openinference.span.kind": "RERANKER", "llm.cost.total": 0.5, "llm.token_count.prompt": 7, "user.id": "u"}}
            ---
            {"dialect": "pydantic_ai", "name": "span", "scope": "", "attributes": {"logfire.span_type": "span", "agent_name": "a", "model_name": "m", "final_result": "done", "all_messages_events": "[{\\"event.name\\":\\"gen_ai.user.message\\",\\"content\\":\\"Hi\\",\\"role\\":\\"user\\"}]", "logfire.tags": ["x"]}, "expected": {"openinference.span.kind": "AGENT", "agent.name": "a", "output.value": "done", "llm.input_messages": [{"message": {"role": "user", "content": "Hi"}}], "tag.tags": ["x"]}}
            ---
            {"dialect": "strands", "name": "span", "scope": "", "attributes": {"gen_ai.operation.name": "execute_event_loop_cycle", "event_loop.cycle_id": "c", "tags": ["a"]}, "expected": {"openinference.span.kind": "CHAIN", "tag.tags": ["a"]}}
            ---
            {"dialect": "semantic_kernel", "name": "span", "scope": "", "attributes": {"gen_ai.operation.name": "chat", "gen_ai.response.finish_reason": "FinishReason.STOP"}, "expected": {"llm.finish_reason": "stop"}}
            ---
            {"dialect": "haystack", "name": "haystack.component.run", "scope": "", "attributes": {"haystack.component.type": "OpenAIChatGenerator", "haystack.component.name": "llm", "haystack.component.input": "{\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":[{\\"text\\":\\"Hi\\"}]}]}", "haystack.component.output": "{\\"replies\\":[\\"Hello\\"]}"}, "expected": {"openinference.span.kind": "LLM", "llm.input_messages": [{"message": {"role": "user", "content": "Hi"}}], "llm.output_messages": [{"message": {"role": "assistant", "content": "Hello"}}]}}
            ---
            {"dialect": "crewai", "name": "Tool Usage", "scope": "", "attributes": {"crew_key": "k", "tool_name": "search"}, "expected": {"openinference.span.kind": "TOOL", "tool.name": "search"}}
            ---
            {"dialect": "smolagents", "name": "span", "scope": "", "attributes": {"smolagents.task": "Do it"}, "expected": {"openinference.span.kind": "AGENT", "input.value": "Do it"}}
            ---
            {"dialect": "openllmetry", "name": "span", "scope": "", "attributes": {"traceloop.span.kind": "agent", "traceloop.entity.name": "a", "traceloop.entity.output": "\\"done\\"", "traceloop.association.properties.chat_id": "c", "traceloop.prompt.key": "p"}, "expected": {"openinference.span.kind": "AGENT", "agent.name": "a", "output.value": "done", "session.id": "c", "prompt.id": "p"}}
            ---
            {"dialect": "openllmetry", "name": "span", "scope": "", "attributes": {"db.system": "pinecone"}, "expected": {"openinference.span.kind": "RETRIEVER", "retrieval.documents": [{"document": {"id": "1", "score": 0.5, "content": "text"}}]}, "events": [{"name": "db.query.result", "attributes": {"db.query.result.id": "1", "db.query.result.score": 0.5, "db.query.result.document": "text"}}]}
            ---
            {"dialect": "langchain4j", "name": "span", "scope": "", "attributes": {"gen_ai.prompt.0.role": "user", "gen_ai.prompt.0.content": "Hi", "gen_ai.completion.0.role": "assistant", "gen_ai.completion.0.tool_calls.0.name": "f", "gen_ai.completion.0.tool_calls.0.arguments": "{}"}, "expected": {"llm.input_messages": [{"message": {"role": "user", "content": "Hi"}}], "llm.output_messages": [{"message": {"role": "assistant", "tool_calls": [{"tool_call": {"function": {"name": "f", "arguments": "{}"}}}]}}]}}
            ---
            {"dialect": "mcp", "name": "tools/call f", "scope": "", "attributes": {"mcp.method.name": "tools/call", "mcp.request.argument": "{\\"a\\":1}"}, "expected": {"openinference.span.kind": "TOOL", "tool.name": "f", "input.value": "{\\"a\\":1}"}}
            ---
            {"dialect": "plain", "name": "span", "scope": "", "attributes": {"db.system": "sqlite", "db.statement": "SELECT 1"}, "expected": {"input.value": "SELECT 1", "input.mime_type": "text/plain"}}\
            """;
}
