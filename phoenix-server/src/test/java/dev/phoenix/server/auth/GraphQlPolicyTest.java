package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.db.StorageLock;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.mock.web.MockHttpServletRequest;

class GraphQlPolicyTest {

    private static final String SCHEMA =
            """
            type Mutation { createThing: Int, deleteThing: Int }
            type Query { open: Int, users: Int, thing: Thing, secret: Secret }
            type Thing { name: String, owner: String }
            type Secret { value: String }
            """;

    private final StorageLock lock = new StorageLock();
    private final PolicyTable policy =
            new PolicyTable.Builder()
                    .http(Role.VIEWER, "POST /graphql")
                    .fields(Role.VIEWER, "Query.open", "Query.thing", "Query.secret")
                    .fields(Role.VIEWER, "Mutation.createThing", "Mutation.deleteThing")
                    .fields(Role.ADMIN, "Query.users", "Thing.owner")
                    .types(Role.VIEWER, "Mutation", "Query", "Thing")
                    .types(Role.ADMIN, "Secret")
                    .build();

    @ParameterizedTest
    @CsvSource({
        "{open}, VIEWER, true",
        "{open}, ANONYMOUS, false",
        "{users}, VIEWER, false",
        "{users}, ADMIN, true",
        "{thing {name}}, VIEWER, true",
        "{thing {owner}}, VIEWER, false",
        "{thing {owner}}, ADMIN, true",
        "{secret {value}}, MEMBER, false",
        "{secret {value}}, ADMIN, true"
    })
    void fieldRowWinsOverTypeRow(String query, Role role, boolean permitted) {
        ExecutionResult result = execute(query, role);
        assertThat(result.getErrors().isEmpty()).as(result.toString()).isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({"mutation {createThing}, false", "mutation {deleteThing}, true", "{open}, true"})
    void storageLock_refusesMutationsThatAdd(String query, boolean permitted) {
        lock.set(true);
        ExecutionResult result = execute(query, Role.VIEWER);
        assertThat(result.getErrors().isEmpty()).as(result.toString()).isEqualTo(permitted);
    }

    @Test
    void typeWithoutARow_stopsTheStart() {
        PolicyTable incomplete =
                new PolicyTable.Builder().http(Role.VIEWER, "POST /graphql").build();
        assertThatThrownBy(() -> graphQl(incomplete)).hasMessageContaining("Query.open");
    }

    private ExecutionResult execute(String query, Role role) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        CurrentPrincipal.set(request, Callers.with("caller", role));
        return graphQl(policy)
                .execute(
                        ExecutionInput.newExecutionInput(query)
                                .graphQLContext(Map.of(HttpServletRequest.class, request))
                                .build());
    }

    private GraphQL graphQl(PolicyTable policy) {
        return GraphQlSource.schemaResourceBuilder()
                .schemaResources(new ByteArrayResource(SCHEMA.getBytes(StandardCharsets.UTF_8)))
                .configureRuntimeWiring(
                        wiring ->
                                wiring.type(
                                        "Query",
                                        type ->
                                                type.defaultDataFetcher(
                                                        environment ->
                                                                environment
                                                                                        .getField()
                                                                                        .getSelectionSet()
                                                                                == null
                                                                        ? (Object) 1
                                                                        : Map.of(
                                                                                "name", "n",
                                                                                "owner", "o",
                                                                                "value", "v"))))
                .typeVisitors(
                        List.of(new GraphQlPolicy(policy, false, new StorageGate(policy, lock))))
                .build()
                .graphQl();
    }
}
