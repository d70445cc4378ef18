package dev.phoenix.otel;

import static dev.phoenix.core.openinference.OpenInference.at;

import dev.phoenix.core.openinference.OpenInference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a span under their OpenInference names.
 *
 * <pre>{@code
 * OiAttributes.builder()
 *         .model("gpt-4o")
 *         .outputMessages(List.of(OiMessage.of("assistant", answer)))
 *         .tokens(120, 45)
 *         .build()
 * }</pre>
 *
 * <p>Null values leave no attribute.
 */
public final class OiAttributes {

    private final Map<String, Object> values;

    private OiAttributes(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Keys and values in the order in which they were given; a value may be a {@link Supplier}. */
    public Map<String, Object> values() {
        return values;
    }

    /** Collects attributes; a key given twice has its last value. */
    public static final class Builder {

        private final Map<String, Object> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Any attribute.
         *
         * @param value string, number, boolean or collection of those; anything else becomes JSON
         *     text; a {@link Supplier} is only asked if the trace configuration keeps its value
         */
        public Builder put(String key, @Nullable Object value) {
            if (value != null) {
                values.put(key, value);
            }
            return this;
        }

        /** The name of the language model. */
        public Builder model(@Nullable String name) {
            return put(OpenInference.LLM_MODEL_NAME, name);
        }

        /**
         * Who made and who serves the model.
         *
         * @param system the model's family: {@code openai}, {@code anthropic}
         * @param provider who is called: {@code openai}, {@code azure}
         */
        public Builder provider(@Nullable String system, @Nullable String provider) {
            put(OpenInference.LLM_SYSTEM, system);
            return put(OpenInference.LLM_PROVIDER, provider);
        }

        /** Temperature and the like. */
        public Builder invocationParameters(Map<String, ?> parameters) {
            return json(OpenInference.LLM_INVOCATION_PARAMETERS, parameters);
        }

        /** The messages sent to a model. */
        public Builder inputMessages(List<OiMessage> messages) {
            return messages(OpenInference.LLM_INPUT_MESSAGES, messages);
        }

        /** The messages a model answered with. */
        public Builder outputMessages(List<OiMessage> messages) {
            return messages(OpenInference.LLM_OUTPUT_MESSAGES, messages);
        }

        /**
         * The tools a model may ask for.
         *
         * @param jsonSchemas JSON text of each definition
         */
        public Builder tools(List<String> jsonSchemas) {
            for (int i = 0; i < jsonSchemas.size(); i++) {
                put(
                        at(OpenInference.LLM_TOOLS, i, OpenInference.TOOL_JSON_SCHEMA),
                        jsonSchemas.get(i));
            }
            return this;
        }

        /** How many tokens went in and came out; the total is their sum. */
        public Builder tokens(int prompt, int completion) {
            put(OpenInference.LLM_TOKEN_COUNT_PROMPT, prompt);
            put(OpenInference.LLM_TOKEN_COUNT_COMPLETION, completion);
            return put(OpenInference.LLM_TOKEN_COUNT_TOTAL, prompt + completion);
        }

        /** A tool's name, what it does, and the JSON schema of its parameters. */
        public Builder tool(
                String name, @Nullable String description, @Nullable Object parameters) {
            put(OpenInference.TOOL_NAME, name);
            put(OpenInference.TOOL_DESCRIPTION, description);
            return json(OpenInference.TOOL_PARAMETERS, parameters);
        }

        /** What a retriever found, best first. */
        public Builder documents(List<OiDocument> found) {
            return documents(OpenInference.RETRIEVAL_DOCUMENTS, found);
        }

        /** What a reranker was given. */
        public Builder rerankerInput(String query, List<OiDocument> given) {
            put(OpenInference.RERANKER_QUERY, query);
            return documents(OpenInference.RERANKER_INPUT_DOCUMENTS, given);
        }

        /** What a reranker gave back, best first. */
        public Builder rerankerOutput(List<OiDocument> ordered) {
            return documents(OpenInference.RERANKER_OUTPUT_DOCUMENTS, ordered);
        }

        /** The name of the embedding model. */
        public Builder embeddingModel(@Nullable String name) {
            return put(OpenInference.EMBEDDING_MODEL_NAME, name);
        }

        /**
         * One text and its vector.
         *
         * @param index zero-based position in the call
         * @param vector null while it is not known
         */
        public Builder embedding(int index, String text, float @Nullable [] vector) {
            String list = OpenInference.EMBEDDING_EMBEDDINGS;
            put(at(list, index, OpenInference.EMBEDDING_TEXT), text);
            return put(at(list, index, OpenInference.EMBEDDING_VECTOR), vector);
        }

        public OiAttributes build() {
            return new OiAttributes(new LinkedHashMap<>(values));
        }

        private Builder json(String key, @Nullable Object value) {
            return value == null || value instanceof String
                    ? put(key, value)
                    : put(key, (Supplier<String>) () -> JsonText.of(value));
        }

        private Builder messages(String list, List<OiMessage> messages) {
            for (int i = 0; i < messages.size(); i++) {
                OiMessage message = messages.get(i);
                put(at(list, i, OpenInference.MESSAGE_ROLE), message.role());
                put(at(list, i, OpenInference.MESSAGE_CONTENT), message.content());
                put(at(list, i, OpenInference.MESSAGE_NAME), message.name());
                put(at(list, i, OpenInference.MESSAGE_TOOL_CALL_ID), message.toolCallId());
                contents(at(list, i, OpenInference.MESSAGE_CONTENTS), message.contents());
                toolCalls(at(list, i, OpenInference.MESSAGE_TOOL_CALLS), message.toolCalls());
            }
            return this;
        }

        private void contents(String list, List<OiContent> contents) {
            for (int i = 0; i < contents.size(); i++) {
                String type = at(list, i, OpenInference.MESSAGE_CONTENT_TYPE);
                if (contents.get(i) instanceof OiContent.Text text) {
                    put(type, "text");
                    put(at(list, i, OpenInference.MESSAGE_CONTENT_TEXT), text.text());
                } else if (contents.get(i) instanceof OiContent.Image image) {
                    put(type, "image");
                    put(at(list, i, OpenInference.MESSAGE_CONTENT_IMAGE_URL), image.url());
                }
            }
        }

        private void toolCalls(String list, List<OiToolCall> calls) {
            for (int i = 0; i < calls.size(); i++) {
                OiToolCall call = calls.get(i);
                put(at(list, i, OpenInference.TOOL_CALL_ID), call.id());
                put(at(list, i, OpenInference.TOOL_CALL_FUNCTION_NAME), call.name());
                put(at(list, i, OpenInference.TOOL_CALL_FUNCTION_ARGUMENTS), call.arguments());
            }
        }

        private Builder documents(String list, List<OiDocument> documents) {
            for (int i = 0; i < documents.size(); i++) {
                OiDocument document = documents.get(i);
                put(at(list, i, OpenInference.DOCUMENT_ID), document.id());
                put(at(list, i, OpenInference.DOCUMENT_CONTENT), document.content());
                put(at(list, i, OpenInference.DOCUMENT_SCORE), document.score());
                if (!document.metadata().isEmpty()) {
                    json(at(list, i, OpenInference.DOCUMENT_METADATA), document.metadata());
                }
            }
            return this;
        }
    }
}
