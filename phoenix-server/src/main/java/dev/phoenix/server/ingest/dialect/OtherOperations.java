package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names of operations that libraries use and the convention does not have. */
final class OtherOperations implements Dialect {

    private static final Map<String, String> KINDS =
            Map.of(
                    "embedding", "EMBEDDING",
                    "completion", "LLM",
                    "responses", "LLM",
                    "rerank", "RERANKER",
                    "invoke_workflow", "AGENT",
                    "guardrail_check", "GUARDRAIL",
                    "agent_handoff", "CHAIN",
                    "agent_step", "CHAIN",
                    "unknown", "CHAIN");

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
