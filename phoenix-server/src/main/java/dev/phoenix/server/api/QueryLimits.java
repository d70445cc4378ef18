package dev.phoenix.server.api;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.validation.ValidationError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses queries that nest, alias or multiply too much, before anything is fetched. */
@Component
class QueryLimits extends SimplePerformantInstrumentation {

    static final int DEPTH = 20;
    static final int ALIASES = 50;
    static final int FRAGMENTS = 200;

    /** Fields in the answer, if every list were as long as its {@code first} allows. */
    static final long COST = 250_000;

    /** Before validation, which follows chains of fragments by recursion. */
    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, @Nullable InstrumentationState state) {
        int fragments =
                parameters.getDocument().getDefinitionsOfType(FragmentDefinition.class).size();
        require(fragments <= FRAGMENTS, "scattered", fragments, FRAGMENTS, "fragments");
        return SimpleInstrumentationContext.noOp();
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters,
            @Nullable InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        requireRightMethod(context);
        QuerySize size = QuerySize.of(context);
        require(size.depth() <= DEPTH, "nested", size.depth(), DEPTH, "levels");
        require(size.aliases() <= ALIASES, "aliased", size.aliases(), ALIASES, "aliases");
        require(size.cost() <= COST, "large", size.cost(), COST, "fields; ask for smaller pages");
        return SimpleInstrumentationContext.noOp();
    }

    /** Links and images can make a browser send GET, so GET must not change anything. */
    private static void requireRightMethod(ExecutionContext context) {
        HttpServletRequest request = context.getGraphQLContext().get(HttpServletRequest.class);
        Operation operation = context.getOperationDefinition().getOperation();
        if (!request.getMethod().equals("POST") && operation != Operation.QUERY) {
            throw refusal("a " + operation + " must be sent with POST");
        }
    }

    private static void require(boolean kept, String how, long size, long limit, String unit) {
        if (!kept) {
            throw refusal(
                    "the query is too %s: %d, at most %d %s".formatted(how, size, limit, unit));
        }
    }

    private static AbortExecutionException refusal(String message) {
        return new AbortExecutionException(
                List.of(
                        GraphqlErrorBuilder.newError()
                                .message("%s", message)
                                .errorType(ErrorType.ExecutionAborted)
                                .extensions(Map.of("code", "BAD_REQUEST"))
                                .build()));
    }
}
