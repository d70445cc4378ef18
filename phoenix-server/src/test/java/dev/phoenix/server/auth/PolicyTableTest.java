package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.api.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

class PolicyTableTest {

    private static final PolicyTable POLICY = PolicyTable.standard();

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyOperation_isOpenFromItsRoleUpwards(Role role) {
        Principal principal = Callers.with("someone", role);
        for (Operation operation : POLICY.operations()) {
            if (role.compareTo(POLICY.required(operation)) >= 0) {
                POLICY.check(principal, operation);
            } else {
                assertThatThrownBy(() -> POLICY.check(principal, operation))
                        .isInstanceOfSatisfying(
                                ApiException.class,
                                e -> assertThat(e.status()).isEqualTo(refusal(role)));
            }
        }
    }

    private static HttpStatus refusal(Role role) {
        return role == Role.ANONYMOUS ? HttpStatus.UNAUTHORIZED : HttpStatus.FORBIDDEN;
    }

    @Test
    void nothingButWhatNeedsUsersIsRefused_whileThereIsNoLogin() {
        POLICY.operations().stream()
                .filter(operation -> POLICY.credentials(operation).accepts(Credential.OFF))
                .forEach(operation -> POLICY.check(Principal.ANYBODY, operation));
    }

    @Test
    void viewers_readButDoNotSend() {
        Principal viewer = Callers.with("viewer", Role.VIEWER);
        POLICY.check(viewer, Operation.http("GET", "/v1/projects"));
        POLICY.check(viewer, Operation.http("HEAD", "/v1/projects"));
        POLICY.check(viewer, Operation.field("Query", "projects"));
        assertThatThrownBy(() -> POLICY.check(viewer, Operation.http("POST", "/v1/traces")))
                .hasMessage("POST /v1/traces needs the role MEMBER, viewer has VIEWER");
    }

    @Test
    void operationsWithoutARow_areNamed() {
        Operation unknown = Operation.http("GET", "/v1/unknown");
        assertThat(POLICY.missing(List.of(unknown, Operation.http("GET", "/healthz"))))
                .containsExactly(unknown);
        assertThatThrownBy(() -> POLICY.check(Principal.ANYBODY, unknown))
                .hasMessageContaining("GET /v1/unknown");
    }

    @Test
    void operationWithTwoRows_isRefused() {
        assertThatThrownBy(
                        () ->
                                new PolicyTable.Builder()
                                        .http(Role.VIEWER, "GET /x")
                                        .http(Role.ADMIN, "GET /x"))
                .hasMessageContaining("GET /x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "createUser",
                "deleteUsers",
                "createUserApiKey",
                "createSystemApiKey",
                "upsertOrDeleteSecrets",
                "setAgentAssistantEnabled",
                "setAgentTraceRecording",
                "setAgentSessionRetention",
                "createProjectTraceRetentionPolicy",
                "patchProjectTraceRetentionPolicy",
                "createSpanAnnotations",
                "patchTraceAnnotations",
                "createSpanNotes",
                "deleteSpanNotes"
            })
    void storageLock_refusesTheseMutations(String mutation) {
        assertThat(POLICY.adds(Operation.field("Mutation", mutation))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patchUser",
                "patchViewer",
                "deleteUserApiKey",
                "deleteSystemApiKey",
                "deleteProjectTraceRetentionPolicy",
                "deleteProjectSpanAnnotations",
                "createProject",
                "deleteProject",
                "clearProject",
                "patchProject",
                "createModel",
                "updateModel",
                "deleteModel",
                "createAnnotationConfig",
                "updateAnnotationConfig",
                "deleteAnnotationConfigs",
                "addAnnotationConfigToProject",
                "removeAnnotationConfigFromProject",
                "deleteSpanAnnotations",
                "deleteTraces",
                "transferTracesToProject"
            })
    void storageLock_letsTheseMutationsPass(String mutation) {
        assertThat(POLICY.adds(Operation.field("Mutation", mutation))).isFalse();
    }
}
