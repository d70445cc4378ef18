package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.auth.Operation.Surface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The contract's matrices of roles, typed in beside the policy table, which must come to the same.
 * What the contract lacks is listed, too, so that no operation gets its role unseen. REST and
 * GraphQL differ about projects: over REST only admins change and delete one, over GraphQL, as the
 * interface does, members as well.
 */
class PermissionMatrixTest {

    private static final PolicyTable POLICY = PolicyTable.standard();

    /**
     * Viewer, member, admin, system key, admin secret. A personal key is as good as its owner,
     * except where the letter of the owner is a small one: that is for sessions only.
     */
    private static final String CONTRACT =
            """
            VMASX GET /v1/projects
            VMASX GET /v1/projects/{project_identifier}
            VMASX GET /v1/projects/{project_identifier}/spans
            VMASX GET /v1/projects/{project_identifier}/spans/otlpv1
            VMASX GET /v1/projects/{project_identifier}/traces
            VMASX GET /v1/projects/{project_identifier}/sessions
            VMASX GET /v1/projects/{project_identifier}/span_annotations
            VMASX GET /v1/projects/{project_identifier}/trace_annotations
            VMASX GET /v1/projects/{project_identifier}/session_annotations
            VMASX GET /v1/projects/{project_identifier}/annotation_configs
            VMASX GET /v1/annotation_configs
            VMASX GET /v1/annotation_configs/{config_identifier}
            VMASX GET /v1/sessions/{session_identifier}
            VMASX GET /v1/user
            VMASX GET /v1/user/api_keys
            VMASX GET /graphql
            VMASX POST /graphql
            -MASX POST /v1/projects
            -MASX POST /v1/projects/{project_identifier}/spans
            -MASX POST /v1/spans
            -MASX POST /v1/traces
            -MASX POST /v1/traces/transfer
            -MASX DELETE /v1/traces/{trace_identifier}
            -MASX DELETE /v1/spans/{span_identifier}
            -MASX DELETE /v1/sessions/{session_identifier}
            -MASX POST /v1/sessions/delete
            -MASX POST /v1/span_annotations
            -MASX POST /v1/trace_annotations
            -MASX POST /v1/session_annotations
            -MASX POST /v1/document_annotations
            -MASX POST /v1/span_notes
            -MASX POST /v1/trace_notes
            -MASX POST /v1/session_notes
            -MASX DELETE /v1/projects/{project_identifier}/span_annotations
            -MASX DELETE /v1/projects/{project_identifier}/trace_annotations
            -MASX DELETE /v1/projects/{project_identifier}/session_annotations
            -MASX POST /v1/annotation_configs
            -MASX PUT /v1/annotation_configs/{config_id}
            -MASX DELETE /v1/annotation_configs/{config_id}
            -MASX PUT /v1/projects/{project_identifier}/annotation_configs
            -MASX PUT /v1/projects/{project_identifier}/annotation_configs/{config_identifier}
            -MASX DELETE /v1/projects/{project_identifier}/annotation_configs/{config_identifier}
            --A-X PUT /v1/projects/{project_identifier}
            --A-X DELETE /v1/projects/{project_identifier}
            --A-X GET /v1/users
            --A-X POST /v1/users
            --A-X DELETE /v1/users/{user_id}
            --A-X PUT /v1/secrets
            --A-X GET /v1/users/api_keys
            --A-X GET /v1/system/api_keys
            --A-X DELETE /v1/system/api_keys/{api_key_id}
            --a-X POST /v1/system/api_keys
            vma-- POST /v1/user/api_keys
            VMA-X DELETE /v1/user/api_keys/{api_key_id}
            -MASX opentelemetry.proto.collector.trace.v1.TraceService/Export
            VMASX Query.node
            VMASX Query.viewer
            VMASX Query.userRoles
            VMASX Query.projects
            VMASX Query.getProjectByName
            VMASX Query.projectCount
            VMASX Query.projectsLastUpdatedAt
            VMASX Query.getSpanByOtelId
            VMASX Query.getTraceByOtelId
            VMASX Query.getProjectSessionById
            VMASX Query.generativeModels
            VMASX Query.annotationConfigs
            VMASX Query.projectTraceRetentionPolicies
            VMASX Query.defaultProjectTraceRetentionPolicy
            VMASX Query.secrets
            VMASX Query.agentsConfig
            VMASX Query.dbStorageCapacityBytes
            VMASX Query.dbTableStats
            VMASX Query.serverStatus
            --A-X Query.users
            --A-X Query.userApiKeys
            --A-X Query.systemApiKeys
            --A-X Mutation.createUser
            --A-X Mutation.patchUser
            --A-X Mutation.deleteUsers
            --a-X Mutation.createSystemApiKey
            --A-X Mutation.deleteSystemApiKey
            VMA-- Mutation.patchViewer
            vma-- Mutation.createUserApiKey
            VMA-X Mutation.deleteUserApiKey
            --A-X Mutation.upsertOrDeleteSecrets
            --A-X Mutation.createProjectTraceRetentionPolicy
            --A-X Mutation.patchProjectTraceRetentionPolicy
            --A-X Mutation.deleteProjectTraceRetentionPolicy
            --A-X Mutation.setAgentAssistantEnabled
            --A-X Mutation.setAgentTraceRecording
            --A-X Mutation.setAgentSessionRetention
            --A-X Mutation.setAgentGithubEnabled
            --A-X Mutation.deleteProjectSpanAnnotations
            --A-X Mutation.deleteProjectTraceAnnotations
            --A-X Mutation.deleteProjectSessionAnnotations
            -MASX Mutation.createProject
            -MASX Mutation.patchProject
            -MASX Mutation.clearProject
            -MASX Mutation.deleteProject
            -MASX Mutation.createModel
            -MASX Mutation.updateModel
            -MASX Mutation.deleteModel
            -MASX Mutation.createAnnotationConfig
            -MASX Mutation.updateAnnotationConfig
            -MASX Mutation.deleteAnnotationConfigs
            -MASX Mutation.addAnnotationConfigToProject
            -MASX Mutation.removeAnnotationConfigFromProject
            -MASX Mutation.createSpanAnnotations
            -MASX Mutation.patchSpanAnnotations
            -MASX Mutation.deleteSpanAnnotations
            -MASX Mutation.createSpanNotes
            -MASX Mutation.deleteSpanNotes
            -MASX Mutation.createTraceAnnotations
            -MASX Mutation.patchTraceAnnotations
            -MASX Mutation.deleteTraceAnnotations
            -MASX Mutation.createTraceNotes
            -MASX Mutation.deleteTraceNotes
            -MASX Mutation.createDocumentAnnotations
            -MASX Mutation.patchDocumentAnnotations
            -MASX Mutation.deleteDocumentAnnotations
            -MASX Mutation.createProjectSessionAnnotations
            -MASX Mutation.updateProjectSessionAnnotations
            -MASX Mutation.deleteProjectSessionAnnotation
            -MASX Mutation.createProjectSessionNotes
            -MASX Mutation.deleteProjectSessionNotes
            -MASX Mutation.deleteTraces
            -MASX Mutation.transferTracesToProject
            """;

    private static final String OWN =
            """
            VMASX GET /v1/projects/{project_identifier}/events
            VMASX GET /v1/rejections
            VMASX GET /v1/traces/{trace_identifier}/skeleton
            VMASX GET /v1/spans/{span_identifier}/derivation
            VMASX GET /v1/user/sessions
            VMASX DELETE /v1/user/sessions/{session_id}
            --A-X GET /v1/users/{user_id}/sessions
            --A-X DELETE /v1/users/{user_id}/sessions
            --A-X GET /v1/audit_events
            --A-X GET /v1/audit_events/export
            --A-X PATCH /v1/projects/{project_identifier}/retention
            -MASX DELETE /v1/projects/{project_identifier}/traces
            -MASX POST /v1/logs
            -MASX POST /v1/metrics
            -MASX opentelemetry.proto.collector.logs.v1.LogsService/Export
            -MASX opentelemetry.proto.collector.metrics.v1.MetricsService/Export
            VMASX Query.costRecomputations
            VMASX Query.rederivations
            VMASX Query.retentionPurges
            -MASX Mutation.recomputeCosts
            -MASX Mutation.rederiveSpans
            """;

    @Test
    void policy_isWhatTheContractSays() {
        List<String> wrong = new ArrayList<>();
        matrix().forEach(
                        (operation, who) -> {
                            for (PermissionCaller caller : PermissionCaller.values()) {
                                if (caller.isLetThrough(POLICY, operation)
                                        != isLetThrough(caller, who)) {
                                    wrong.add(operation + " by " + caller);
                                }
                            }
                        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyOperationThatAsksForALogIn_isInTheMatrix() {
        Set<String> demanding =
                POLICY.operations().stream()
                        .filter(operation -> operation.surface() != Surface.GRAPHQL_TYPE)
                        .filter(operation -> POLICY.required(operation) != Role.ANONYMOUS)
                        .map(Operation::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed =
                matrix().keySet().stream()
                        .map(Operation::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(demanding).isEqualTo(listed);
    }

    private static boolean isLetThrough(PermissionCaller caller, String who) {
        return switch (caller) {
            case ANONYMOUS -> false;
            case VIEWER -> letter(who, 0) != '-';
            case MEMBER -> letter(who, 1) != '-';
            case ADMIN -> letter(who, 2) != '-';
            case VIEWER_KEY -> letter(who, 0) == 'V';
            case MEMBER_KEY -> letter(who, 1) == 'M';
            case ADMIN_KEY -> letter(who, 2) == 'A';
            case SYSTEM_KEY -> letter(who, 3) == 'S';
            case ADMIN_SECRET -> letter(who, 4) == 'X';
        };
    }

    private static char letter(String who, int place) {
        return who.charAt(place);
    }

    private static Map<Operation, String> matrix() {
        Map<Operation, String> rows = new TreeMap<>(Comparator.comparing(Operation::toString));
        (CONTRACT + OWN)
                .lines()
                .forEach(
                        line -> {
                            String[] parts = line.split(" ", 2);
                            assertThat(rows.put(operation(parts[1]), parts[0])).as(line).isNull();
                        });
        return rows;
    }

    private static Operation operation(String name) {
        if (name.contains(" ")) {
            return new Operation(Surface.HTTP, name);
        }
        return new Operation(name.contains("/") ? Surface.GRPC : Surface.GRAPHQL_FIELD, name);
    }
}
