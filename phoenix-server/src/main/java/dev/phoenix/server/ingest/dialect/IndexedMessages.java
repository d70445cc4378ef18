package dev.phoenix.server.ingest.dialect;

import java.util.List;

/**
 * Messages as one attribute per field, which listeners of LangChain4j and older instrumentations
 * write.
 */
final class IndexedMessages implements Dialect {

    @Override
    public String id() {
        return "langchain4j";
    }

    @Override
    public String title() {
        return "LangChain4j listeners, GenAI ≤ 1.27";
    }

    @Override
    public List<String> evidence() {
        return List.of("gen_ai.prompt", "gen_ai.completion");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return span.list("gen_ai.prompt") != null || span.list("gen_ai.completion") != null;
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.inputMessages("gen_ai.prompt"), Rule.outputMessages("gen_ai.completion"));
    }
}
