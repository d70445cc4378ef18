package dev.phoenix.otel.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.phoenix.core.openinference.OpenInference;
import dev.phoenix.otel.OiAttributes;
import dev.phoenix.otel.OiMessage;
import dev.phoenix.otel.OiSpan;
import dev.phoenix.otel.OiTracer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes an LLM span for every call of a chat model, streaming or not: messages, tools, parameters,
 * token usage, errors.
 *
 * <pre>{@code
 * OpenAiChatModel.builder()
 *         .listeners(List.of(new PhoenixChatModelListener(otel.tracer("my.app"))))
 * }</pre>
 */
public final class PhoenixChatModelListener implements ChatModelListener {

    private final OiTracer tracer;

    public PhoenixChatModelListener(OiTracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        ChatRequest request = context.chatRequest();
        @Nullable String model = request.parameters().modelName();
        List<OiMessage> messages = Messages.of(request.messages());
        OiAttributes.Builder attributes =
                OiAttributes.builder()
                        .model(model)
                        .invocationParameters(Parameters.of(request.parameters()))
                        .inputMessages(messages)
                        .tools(ToolSchemas.ofFunctions(request.parameters().toolSpecifications()));
        provider(attributes, context.modelProvider());
        OiSpan span =
                tracer.llm(model == null ? "chat" : "chat " + model)
                        .input(Map.of("messages", Messages.json(messages)))
                        .attributes(attributes.build())
                        .start();
        context.attributes().put(this, span);
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        finish(
                context.attributes(),
                span -> {
                    ChatResponse response = context.chatResponse();
                    OiMessage answer = Messages.of(response.aiMessage());
                    @Nullable FinishReason reason = response.finishReason();
                    OiAttributes.Builder attributes =
                            OiAttributes.builder()
                                    .model(response.modelName())
                                    .outputMessages(List.of(answer))
                                    .put(
                                            OpenInference.LLM_FINISH_REASON,
                                            reason == null
                                                    ? null
                                                    : reason.name().toLowerCase(Locale.ROOT));
                    Usage.of(response.tokenUsage()).writeTo(attributes);
                    span.attributes(attributes.build())
                            .output(
                                    answer.toolCalls().isEmpty() && answer.content() != null
                                            ? answer.content()
                                            : Messages.json(answer))
                            .ok();
                });
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        finish(context.attributes(), span -> span.error(context.error()));
    }

    private void finish(Map<Object, Object> attributes, Consumer<OiSpan> last) {
        if (attributes.remove(this) instanceof OiSpan span) {
            try {
                last.accept(span);
            } finally {
                span.end();
            }
        }
    }

    private static void provider(OiAttributes.Builder attributes, ModelProvider provider) {
        switch (provider) {
            case OPEN_AI -> attributes.provider("openai", "openai");
            case AZURE_OPEN_AI -> attributes.provider("openai", "azure");
            case MICROSOFT_FOUNDRY -> attributes.provider(null, "azure");
            case ANTHROPIC -> attributes.provider("anthropic", "anthropic");
            case GOOGLE_AI_GEMINI, GOOGLE_GENAI -> attributes.provider(null, "google");
            case GOOGLE_VERTEX_AI_GEMINI -> attributes.provider("vertexai", "google");
            case GOOGLE_VERTEX_AI_ANTHROPIC -> attributes.provider("anthropic", "google");
            case AMAZON_BEDROCK -> attributes.provider(null, "aws");
            case MISTRAL_AI -> attributes.provider("mistralai", "mistralai");
            case OTHER -> {}
            default -> attributes.provider(null, provider.name().toLowerCase(Locale.ROOT));
        }
    }
}
