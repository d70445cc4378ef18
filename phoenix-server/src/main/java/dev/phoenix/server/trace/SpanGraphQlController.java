package dev.phoenix.server.trace;

import dev.phoenix.server.api.AnswerBudget;
import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.SpanEvents.Event;
import dev.phoenix.server.trace.SpanEvents.Link;
import graphql.GraphQLContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Spans over GraphQL. Payloads are read only for the fields that show them. */
@Controller
class SpanGraphQlController implements NodeSource {

    /** How much larger lists of maps are than the JSON they were read from. */
    private static final long PARSED = 4;

    private static final int DEFAULT_DEPTH = 3;
    private static final int DEFAULT_DESCENDANTS = 50;

    private final SpanReader spans;
    private final TraceReader traces;
    private final ProjectReader projects;
    private final SpanEvents events;

    SpanGraphQlController(
            SpanReader spans, TraceReader traces, ProjectReader projects, SpanEvents events) {
        this.spans = spans;
        this.traces = traces;
        this.projects = projects;
        this.events = events;
    }

    /** Token counts that only the payload knows. */
    record PromptDetails(
            @Nullable Long cacheRead, @Nullable Long cacheWrite, @Nullable Long audio) {}

    @QueryMapping
    @Nullable Span getSpanByOtelId(@Argument String spanId) {
        return spans.findBySpanId(spanId).orElse(null);
    }

    @BatchMapping
    Map<Span, Trace> trace(List<Span> listed) {
        return Batch.join(listed, Span::traceKey, traces::byKeys);
    }

    @BatchMapping
    Map<Span, Project> project(List<Span> listed) {
        return Batch.join(listed, Span::projectKey, projects::byKeys);
    }

    @BatchMapping
    List<Integer> numChildSpans(List<Span> listed) {
        Map<String, Integer> counts = spans.childCounts(listed);
        return listed.stream().map(span -> counts.getOrDefault(span.spanId(), 0)).toList();
    }

    @SchemaMapping
    CompletableFuture<Connection<Span>> descendants(
            Span span,
            @Argument @Nullable Integer maxDepth,
            @Argument @Nullable Integer first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before,
            DataLoader<Descendants.Wanted, Connection<Span>> descendants) {
        Descendants.Terms terms =
                new Descendants.Terms(
                        Objects.requireNonNullElse(maxDepth, DEFAULT_DEPTH),
                        ConnectionRange.of(
                                Objects.requireNonNullElse(first, DEFAULT_DESCENDANTS),
                                last,
                                after,
                                before));
        return descendants.load(new Descendants.Wanted(span, terms));
    }

    @SchemaMapping
    CompletableFuture<String> attributes(Span span, DataLoader<Long, SpanPayload> payloads) {
        return payload(span, payloads, SpanPayload::attributes);
    }

    @SchemaMapping
    CompletableFuture<@Nullable String> metadata(
            Span span, DataLoader<Long, SpanPayload> payloads, GraphQLContext request) {
        return payload(
                span,
                payloads,
                payload -> counted(JsonPaths.jsonAt(payload.attributes(), "metadata"), request));
    }

    @SchemaMapping
    CompletableFuture<PromptDetails> tokenPromptDetails(
            Span span, DataLoader<Long, SpanPayload> payloads) {
        return payload(span, payloads, payload -> details(payload.attributes()));
    }

    @SchemaMapping
    CompletableFuture<List<Event>> events(
            Span span, DataLoader<Long, SpanPayload> payloads, GraphQLContext request) {
        return payload(
                span,
                payloads,
                payload -> {
                    AnswerBudget.of(request).take(PARSED * payload.events().length());
                    return events.events(payload.events());
                });
    }

    @SchemaMapping
    CompletableFuture<@Nullable Double> timeToFirstTokenMs(
            Span span, DataLoader<Long, SpanPayload> payloads, GraphQLContext request) {
        return payload(
                span,
                payloads,
                payload ->
                        FirstToken.millis(
                                span,
                                payload,
                                () -> {
                                    AnswerBudget.of(request)
                                            .take(PARSED * payload.events().length());
                                    return events.events(payload.events());
                                }));
    }

    @SchemaMapping
    CompletableFuture<List<Link>> links(
            Span span, DataLoader<Long, SpanPayload> payloads, GraphQLContext request) {
        return payload(
                span,
                payloads,
                payload -> {
                    String links = payload.links();
                    AnswerBudget.of(request).take(links == null ? 0 : PARSED * links.length());
                    return events.links(links);
                });
    }

    @SchemaMapping
    CompletableFuture<SpanDerivation> derivation(
            Span span,
            DataLoader<Long, SpanPayload> payloads,
            DataLoader<Long, SpanOrigin> origins) {
        return payload(span, payloads, Function.identity())
                .thenCombine(
                        origin(span, origins),
                        (payload, origin) -> SpanDerivation.of(span, payload, origin));
    }

    @SchemaMapping
    CompletableFuture<@Nullable String> resourceAttributes(
            Span span, DataLoader<Long, SpanOrigin> origins) {
        return origin(span, origins).thenApply(SpanOrigin::resourceAttributes);
    }

    @SchemaMapping
    CompletableFuture<SpanOrigin.@Nullable Scope> scope(
            Span span, DataLoader<Long, SpanOrigin> origins) {
        return origin(span, origins).thenApply(SpanOrigin::scope);
    }

    @SchemaMapping(typeName = "SpanIOValue")
    CompletableFuture<String> value(
            SpanText text, DataLoader<Long, SpanPayload> payloads, GraphQLContext request) {
        if (text.isWhole()) {
            return CompletableFuture.completedFuture(text.preview());
        }
        return payloads.load(text.spanKey())
                .thenApply(
                        payload -> Objects.requireNonNull(counted(text.whole(payload), request)));
    }

    @Override
    public String type() {
        return Span.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return spans.find(key).orElse(null);
    }

    private static <T extends @Nullable Object> CompletableFuture<T> payload(
            Span span, DataLoader<Long, SpanPayload> payloads, Function<SpanPayload, T> part) {
        return payloads.load(span.key())
                .thenApply(payload -> part.apply(payload == null ? SpanPayload.EMPTY : payload));
    }

    private static CompletableFuture<SpanOrigin> origin(
            Span span, DataLoader<Long, SpanOrigin> origins) {
        return origins.load(span.key())
                .thenApply(origin -> origin == null ? SpanOrigin.UNKNOWN : origin);
    }

    /** A text that was cut out of a payload is one more copy. */
    private static @Nullable String counted(@Nullable String text, GraphQLContext request) {
        AnswerBudget.of(request).take(text == null ? 0 : text.length());
        return text;
    }

    private static PromptDetails details(String attributes) {
        String details = "llm.token_count.prompt_details.";
        return new PromptDetails(
                JsonPaths.longAt(attributes, details + "cache_read"),
                JsonPaths.longAt(attributes, details + "cache_write"),
                JsonPaths.longAt(attributes, details + "audio"));
    }
}
