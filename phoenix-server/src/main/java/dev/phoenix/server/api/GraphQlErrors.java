package dev.phoenix.server.api;

import dev.phoenix.server.settings.ApiSettings;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.DataFetcherExceptionResolverAdapter;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Known failures keep their message and get a code; all others are logged and hidden. */
@Component
class GraphQlErrors extends DataFetcherExceptionResolverAdapter {

    private static final Logger log = LoggerFactory.getLogger(GraphQlErrors.class);

    private final boolean mask;

    GraphQlErrors(ApiSettings settings) {
        this.mask = settings.maskInternalErrors();
    }

    @Override
    protected GraphQLError resolveToSingleError(
            Throwable failure, DataFetchingEnvironment environment) {
        ApiException known = KnownFailures.find(failure);
        if (known == null) {
            log.error(
                    "GraphQL field {} failed",
                    environment.getExecutionStepInfo().getPath(),
                    failure);
        }
        String code = known == null ? "INTERNAL_SERVER_ERROR" : code(known.status());
        String hidden = mask ? "an unexpected error occurred" : failure.toString();
        return GraphqlErrorBuilder.newError(environment)
                .message("%s", known == null ? hidden : known.getMessage())
                .extensions(Map.of("code", code))
                .build();
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND, CONFLICT, INSUFFICIENT_STORAGE, SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT ->
                    status.name();
            case UNAUTHORIZED, FORBIDDEN -> "UNAUTHORIZED";
            case TOO_MANY_REQUESTS -> "RATE_LIMITED";
            default -> "BAD_REQUEST";
        };
    }
}
