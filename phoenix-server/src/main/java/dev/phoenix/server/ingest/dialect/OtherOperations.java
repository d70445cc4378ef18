package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names of operations that libraries use and the convention does not have. */
final class OtherOperations implements Dialect {

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("embedding", "EMBEDDING"),
                    Map.entry("embed", "EMBEDDING"),
                    Map.entry("completion", "LLM"),
                    Map.entry("chat_completion", "LLM"),
                    Map.entry("generate_text", "LLM"),
                    Map.entry("invoke_model", "LLM"),
                    Map.entry("converse", "LLM"),
                    Map.entry("image", "LLM"),
                    Map.entry("image_generation", "LLM"),
                    Map.entry("speech", "LLM"),
                    Map.entry("transcription", "LLM"),
                    Map.entry("tool_call", "TOOL"),
                    Map.entry("call_tool", "TOOL"),
                    Map.entry("search", "RETRIEVER"),
                    Map.entry("agent", "AGENT"),
                    Map.entry("workflow", "CHAIN"),
                    Map.entry("evaluate", "EVALUATOR"),
                    Map.entry("responses", "LLM"),
                    Map.entry("chat.completions", "LLM"),
                    Map.entry("text.completions", "LLM"),
                    Map.entry("model_generation", "LLM"),
                    Map.entry("rerank", "RERANKER"),
                    Map.entry("invoke_workflow", "AGENT"),
                    Map.entry("retrieve", "RETRIEVER"),
                    Map.entry("search_memory", "RETRIEVER"),
                    Map.entry("create_memory", "CHAIN"),
                    Map.entry("create_memory_store", "CHAIN"),
                    Map.entry("update_memory", "CHAIN"),
                    Map.entry("upsert_memory", "CHAIN"),
                    Map.entry("delete_memory", "CHAIN"),
                    Map.entry("delete_memory_store", "CHAIN"),
                    Map.entry("fetch_response", "CHAIN"),
                    Map.entry("plan", "CHAIN"),
                    Map.entry("handoff", "CHAIN"),
                    Map.entry("guardrail", "GUARDRAIL"),
                    Map.entry("process_thread_run", "AGENT"),
                    Map.entry("start_thread_run", "AGENT"),
                    Map.entry("create_thread", "CHAIN"),
                    Map.entry("create_message", "CHAIN"),
                    Map.entry("list_messages", "CHAIN"),
                    Map.entry("submit_tool_outputs", "CHAIN"),
                    Map.entry("guardrail_check", "GUARDRAIL"),
                    Map.entry("agent_handoff", "CHAIN"),
                    Map.entry("agent_step", "CHAIN"),
                    Map.entry("execute_task", "CHAIN"),
                    Map.entry("model_step", "CHAIN"),
                    Map.entry("model_chunk", "CHAIN"),
                    Map.entry("framework", "CHAIN"),
                    Map.entry("unknown", "CHAIN"));

    @Override
    public String id() {
        return "gen_ai_other";
    }

    @Override
    public String title() {
        return "GenAI operations outside the convention";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "gen_ai.operation.name",
                "gen_ai.guardrail.",
                "gen_ai.handoff.",
                "gen_ai.workflow.name");
    }

    @Override
    public boolean isIn(SentSpan span) {
        String operation = span.text("gen_ai.operation.name");
        return operation != null && KINDS.containsKey(operation.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("gen_ai.operation.name", KINDS),
                Rule.text("agent.name", "gen_ai.workflow.name"));
    }
}
