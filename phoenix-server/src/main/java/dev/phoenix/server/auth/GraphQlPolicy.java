package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.Set;
import org.springframework.http.HttpStatus;

/**
 * Wraps the fetchers of root fields and of fields that demand more than the endpoint did; the
 * others cost nothing. A field's own row wins over the row of its type.
 */
final class GraphQlPolicy extends GraphQLTypeVisitorStub {

    private static final Set<String> ROOTS = Set.of("Query", "Mutation", "Subscription");
    private static final Operation ENDPOINT = Operation.http("POST", "/graphql");

    private final PolicyTable policy;
    private final boolean readOnly;
    private final StorageGate storage;

    GraphQlPolicy(PolicyTable policy, boolean readOnly, StorageGate storage) {
        this.policy = policy;
        this.readOnly = readOnly;
        this.storage = storage;
    }

    @Override
    public TraversalControl visitGraphQLFieldDefinition(
            GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        if (context.getParentNode() instanceof GraphQLObjectType type
                && !type.getName().startsWith("__")) {
            Operation operation = operation(type, field);
            boolean more = !policy.required(ENDPOINT).includes(policy.required(operation));
            if (more || ROOTS.contains(type.getName())) {
                var registry = context.getVarFromParents(GraphQLCodeRegistry.Builder.class);
                var place = FieldCoordinates.coordinates(type, field);
                DataFetcher<?> fetcher =
                        readOnly && type.getName().equals("Mutation")
                                ? GraphQlPolicy::refuse
                                : registry.getDataFetcher(place, field);
                registry.dataFetcher(place, guarded(fetcher, operation));
            }
        }
        return TraversalControl.CONTINUE;
    }

    private Operation operation(GraphQLObjectType type, GraphQLFieldDefinition field) {
        Operation own = Operation.field(type.getName(), field.getName());
        return ROOTS.contains(type.getName()) || policy.find(own).isPresent()
                ? own
                : Operation.type(type.getName());
    }

    private static Object refuse(DataFetchingEnvironment environment) {
        throw new ApiException(HttpStatus.FORBIDDEN, "Application is read-only");
    }

    private DataFetcher<?> guarded(DataFetcher<?> fetcher, Operation operation) {
        return environment -> {
            policy.check(CurrentPrincipal.of(environment), operation);
            storage.check(operation);
            return fetcher.get(environment);
        };
    }
}
