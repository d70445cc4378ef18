package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

@ServerTest
class PolicyWalkTest {

    PolicyWalkTest(TestServer running) {
        assertThat(running.settings()).isNotNull();
    }

    /** The start already failed if an operation had no row; here no row is left over either. */
    @Test
    void rowsAndOperations_areTheSame() {
        assertThat(PolicyTable.standard().operations())
                .containsExactlyInAnyOrderElementsOf(
                        RegisteredOperations.of(Objects.requireNonNull(Probe.beans)));
    }

    @Test
    void operationWithoutARow_stopsTheStart() {
        var check =
                new AuthConfiguration()
                        .policyCoversEverything(
                                new PolicyTable.Builder().build(),
                                Objects.requireNonNull(Probe.beans));
        assertThatThrownBy(check::afterSingletonsInstantiated)
                .hasMessageContainingAll(
                        "add one to PolicyTable",
                        "HTTP GET /v1/projects",
                        "GRPC opentelemetry.proto.collector.trace.v1.TraceService/Export",
                        "GRAPHQL_FIELD Query.projects",
                        "GRAPHQL_TYPE Span");
    }

    /** Part of every server in this JVM, because servers find their parts by package. */
    @Component
    static class Probe {

        private static volatile @Nullable ListableBeanFactory beans;

        Probe(ListableBeanFactory running) {
            beans = running;
        }
    }
}
