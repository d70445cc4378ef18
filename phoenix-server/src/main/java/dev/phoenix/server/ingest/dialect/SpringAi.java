package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Observations of Spring AI through Micrometer, where every value is a string. */
final class SpringAi implements Dialect {

    @Override
    public String id() {
        return "spring_ai";
    }

    @Override
    public String title() {
        return "Spring AI";
    }

    @Override
    public List<String> evidence() {
        return List.of("spring.ai.", "db.vector.");
    }

    @Override
    public String advice() {
        return "`spring.ai.tools.observations.include-content=true` for calls of tools. Messages"
                + " and retrieved documents never reach spans: Spring AI only logs them; an"
                + " instrumentation such as OpenInference for Spring AI or Arconia sends them";
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("spring.ai.kind", SpringAi::kind),
                Rule.text("session.id", "spring.ai.chat.client.conversation.id"),
                Rule.tools("spring.ai.model.request.tool.names").on("LLM"),
                Rule.text("tool.name", "spring.ai.tool.definition.name").on("TOOL"),
                Rule.text("tool.description", "spring.ai.tool.definition.description").on("TOOL"),
                Rule.text("tool.json_schema", "spring.ai.tool.definition.schema").on("TOOL"),
                Rule.text("tool.id", "spring.ai.tool.call.id").on("TOOL"),
                Rule.object("tool.parameters", "spring.ai.tool.call.arguments").on("TOOL"),
                Rule.input(
                        "spring.ai.tool.call.arguments",
                        "db.vector.query.content",
                        "spring.ai.chat.client.user.text"),
                Rule.outputOfJson(
                        "spring.ai.tool.call.result", "db.vector.query.response.documents"),
                Rule.documents("retrieval.documents", "db.vector.query.response.documents")
                        .on("RETRIEVER"));
    }

    private static @Nullable String kind(SentSpan span) {
        String kind = span.text("spring.ai.kind");
        if (kind == null) {
            return span.has("db.vector.query.content") || span.has("db.vector.query.top_k")
                    ? "RETRIEVER"
                    : null;
        }
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "chat_client" ->
                    span.has("spring.ai.chat.client.tool.names")
                                    || span.has("spring.ai.chat.client.tool.function.names")
                            ? "AGENT"
                            : "CHAIN";
            case "tool_call" -> "TOOL";
            case "vector_store" ->
                    "query".equals(span.text("db.operation.name")) ? "RETRIEVER" : "CHAIN";
            default -> "CHAIN";
        };
    }
}
