package dev.phoenix.server.api;

import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * GraphQL over HTTP. Answers are 200 once the request was understood; errors are in the body then.
 *
 * <p>Only JSON bodies are taken: browsers cannot send them across origins without asking first.
 */
@RestController
class GraphQlEndpoint {

    private static final int LARGEST_BODY = 1 << 20;
    private static final Pattern JSON_TYPE =
            Pattern.compile("application/([\\w.-]+\\+)?json\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    private final ExecutionGraphQlService service;
    private final JsonMapper json;
    private final AtomicLong requests = new AtomicLong();

    GraphQlEndpoint(ExecutionGraphQlService service, JsonMapper json) {
        this.service = service;
        this.json = json;
    }

    record Body(
            @Nullable String query,
            @Nullable String operationName,
            @Nullable Map<String, @Nullable Object> variables) {}

    @PostMapping(path = "/graphql", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> post(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        requireJson(request.getContentType());
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new ApiException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "a GraphQL request must be at most %d bytes; send large values in parts"
                            .formatted(LARGEST_BODY));
        }
        return execute(parse(body), request, response);
    }

    @GetMapping(path = "/graphql", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> get(
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable String operationName,
            @RequestParam(required = false) @Nullable String variables,
            HttpServletRequest request,
            HttpServletResponse response) {
        refuseMutation(query == null ? "" : query);
        return execute(new Body(query, operationName, variables(variables)), request, response);
    }

    /** Whoever can make a browser follow a link could make people change things. */
    private static void refuseMutation(String query) {
        try {
            Document document = Parser.parse(query);
            if (document.getDefinitionsOfType(OperationDefinition.class).stream()
                    .anyMatch(operation -> operation.getOperation() == Operation.MUTATION)) {
                throw new ApiException(
                        HttpStatus.METHOD_NOT_ALLOWED, "a mutation must be sent with POST");
            }
        } catch (InvalidSyntaxException e) {
            // The execution tells what is wrong, and where.
        }
    }

    private Map<String, Object> execute(
            Body body, HttpServletRequest request, HttpServletResponse response) {
        if (body.query() == null || body.query().isBlank()) {
            throw ApiException.badRequest("a GraphQL request needs a query");
        }
        var execution =
                new DefaultExecutionGraphQlRequest(
                        body.query(),
                        body.operationName(),
                        body.variables(),
                        Map.of(),
                        Long.toString(requests.incrementAndGet()),
                        Locale.ROOT);
        execution.configureExecutionInput(
                (input, builder) ->
                        builder.graphQLContext(
                                        Map.of(
                                                HttpServletRequest.class,
                                                request,
                                                HttpServletResponse.class,
                                                response,
                                                AnswerBudget.class,
                                                new AnswerBudget()))
                                .build());
        return Objects.requireNonNull(service.execute(execution).block()).toMap();
    }

    private Body parse(byte[] body) {
        try {
            Body parsed = json.readValue(body, Body.class);
            if (parsed != null) {
                return parsed;
            }
        } catch (JacksonException e) {
            // Said below: the JSON null breaks the same rule.
        }
        throw ApiException.badRequest("a GraphQL request must be a JSON object with a query");
    }

    private @Nullable Map<String, @Nullable Object> variables(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JacksonException e) {
            throw ApiException.badRequest(
                    "the variables of a GraphQL request must be a JSON object");
        }
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null || !JSON_TYPE.matcher(contentType).lookingAt()) {
            throw new ApiException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "a GraphQL request must have the Content-Type application/json, "
                            + (contentType == null ? "had none" : "was " + contentType));
        }
    }
}
