package dev.phoenix.otel.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import dev.phoenix.core.openinference.OpenInference;
import dev.phoenix.otel.OiSpanBuilder;
import dev.phoenix.otel.OiTracer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a TOOL span for every tool that a model has called: arguments, result, errors. What the
 * tool calls in turn is written below it.
 *
 * <pre>{@code
 * AiServices.builder(Assistant.class)
 *         .tools(TracedTools.of(tracer, new Calendar(), new Weather()))
 * }</pre>
 *
 * <p>Tools that run concurrently only find their parent if the executor carries the OpenTelemetry
 * context: {@code executeToolsConcurrently(Context.taskWrapping(executor))}.
 */
public final class TracedTools {

    private TracedTools() {}

    /**
     * The tools of objects with methods that are annotated with {@code @Tool}.
     *
     * @return to be given to {@code AiServices.tools(List)} in place of the objects
     */
    public static List<AiServiceTool> of(OiTracer tracer, Object... objectsWithTools) {
        return Stream.of(objectsWithTools)
                .flatMap(object -> ToolService.findTools(object).stream())
                .map(tool -> traced(tracer, tool))
                .toList();
    }

    /** One tool, traced. */
    public static AiServiceTool traced(OiTracer tracer, AiServiceTool tool) {
        return tool.toBuilder()
                .toolExecutor(
                        new TracedExecutor(tracer, tool.toolSpecification(), tool.toolExecutor()))
                .build();
    }

    private record TracedExecutor(
            OiTracer tracer, ToolSpecification specification, ToolExecutor executor)
            implements ToolExecutor {

        @Override
        public String execute(ToolExecutionRequest request, Object memoryId) {
            return span(request).call(() -> executor.execute(request, memoryId));
        }

        @Override
        public ToolExecutionResult executeWithContext(
                ToolExecutionRequest request, InvocationContext context) {
            return span(request)
                    .call(
                            span -> {
                                ToolExecutionResult result =
                                        executor.executeWithContext(request, context);
                                span.output(result.resultText());
                                if (result.isError()) {
                                    span.error(result.resultText());
                                }
                                return result;
                            });
        }

        private OiSpanBuilder span(ToolExecutionRequest request) {
            OiSpanBuilder span =
                    tracer.tool(specification.name())
                            .input(
                                    request.arguments() == null ? "{}" : request.arguments(),
                                    OpenInference.JSON);
            if (specification.description() != null) {
                span.description(specification.description());
            }
            if (request.id() != null) {
                span.attribute(OpenInference.TOOL_ID, request.id());
            }
            ToolSchemas.ofParameters(specification).ifPresent(span::parameters);
            return span;
        }
    }
}
