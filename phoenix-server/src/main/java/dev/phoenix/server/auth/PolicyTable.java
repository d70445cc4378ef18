package dev.phoenix.server.auth;

import static dev.phoenix.server.auth.Role.ADMIN;
import static dev.phoenix.server.auth.Role.ANONYMOUS;
import static dev.phoenix.server.auth.Role.MEMBER;
import static dev.phoenix.server.auth.Role.VIEWER;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.auth.Operation.Surface;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * The least role of every operation, and whether it adds to the database. A handler without a row
 * stops the start.
 */
final class PolicyTable {

    /**
     * Mutations that only remove, or for which the contract has no storage lock, as they take next
     * to no room.
     */
    private static final Pattern UNLOCKED =
            Pattern.compile(
                    "Mutation\\.((delete(?!\\w+Notes$|Users$)|clear|remove).*|patch(User|Viewer|Project)|createProject|(create|update)(Model|AnnotationConfig)|addAnnotationConfigToProject|transferTracesToProject)");

    private final Map<Operation, Role> rows;
    private final Set<Operation> adding;
    private final Map<Operation, CredentialRule> credentials;

    private PolicyTable(
            Map<Operation, Role> rows,
            Set<Operation> adding,
            Map<Operation, CredentialRule> credentials) {
        this.rows = Map.copyOf(rows);
        this.adding = Set.copyOf(adding);
        this.credentials = Map.copyOf(credentials);
    }

    static PolicyTable standard() {
        return new Builder()
                .http(
                        ANONYMOUS,
                        "GET /healthz",
                        "GET /readyz",
                        "GET /arize_phoenix_version",
                        "GET /openapi.json",
                        "GET /openapi.json.yaml",
                        "GET /**",
                        "GET /assets/{name}",
                        "GET /phoenix.svg",
                        "GET /v1/traces",
                        "GET /v1/**",
                        "GET /.well-known/**",
                        "POST /auth/login",
                        "GET /auth/logout",
                        "POST /auth/logout",
                        "POST /auth/refresh",
                        "POST /auth/password-reset-email",
                        "POST /auth/password-reset",
                        "POST /auth/ldap/login",
                        "GET /oauth2/{idp}/login",
                        "POST /oauth2/{idp}/login",
                        "GET /oauth2/{idp}/tokens",
                        "GET /login",
                        "* /error")
                .http(
                        VIEWER,
                        "GET /graphql",
                        "POST /graphql",
                        "GET /v1/projects",
                        "GET /v1/projects/{project_identifier}",
                        "GET /v1/projects/{project_identifier}/events",
                        "GET /v1/projects/{project_identifier}/spans",
                        "GET /v1/projects/{project_identifier}/traces",
                        "GET /v1/projects/{project_identifier}/span_annotations",
                        "GET /v1/projects/{project_identifier}/trace_annotations",
                        "GET /v1/projects/{project_identifier}/session_annotations",
                        "GET /v1/rejections",
                        "GET /v1/traces/{trace_identifier}/skeleton",
                        "GET /v1/spans/{span_identifier}/derivation")
                .http(
                        MEMBER,
                        "POST /v1/spans",
                        "DELETE /v1/projects/{project_identifier}/span_annotations",
                        "DELETE /v1/projects/{project_identifier}/trace_annotations",
                        "DELETE /v1/projects/{project_identifier}/session_annotations")
                .http(
                        VIEWER,
                        "GET /v1/annotation_configs",
                        "GET /v1/annotation_configs/{config_identifier}",
                        "GET /v1/projects/{project_identifier}/annotation_configs",
                        "GET /v1/projects/{project_identifier}/sessions",
                        "GET /v1/projects/{project_identifier}/spans/otlpv1",
                        "GET /v1/sessions/{session_identifier}")
                .http(
                        MEMBER,
                        "DELETE /v1/annotation_configs/{config_id}",
                        "DELETE"
                                + " /v1/projects/{project_identifier}/annotation_configs/{config_identifier}",
                        "DELETE /v1/projects/{project_identifier}/traces",
                        "DELETE /v1/traces/{trace_identifier}")
                .httpThatAdds(
                        MEMBER,
                        "POST /v1/annotation_configs",
                        "PUT /v1/annotation_configs/{config_id}",
                        "PUT /v1/projects/{project_identifier}/annotation_configs",
                        "PUT /v1/projects/{project_identifier}/annotation_configs/{config_identifier}",
                        "POST /v1/projects",
                        "POST /v1/traces/transfer",
                        "DELETE /v1/spans/{span_identifier}",
                        "DELETE /v1/sessions/{session_identifier}",
                        "POST /v1/sessions/delete")
                .http(ADMIN, "DELETE /v1/projects/{project_identifier}")
                .httpThatAdds(
                        ADMIN,
                        "PUT /v1/projects/{project_identifier}",
                        "PATCH /v1/projects/{project_identifier}/retention")
                .fields(
                        VIEWER,
                        "Query.defaultProjectTraceRetentionPolicy",
                        "Query.projectTraceRetentionPolicies",
                        "Query.retentionPurges")
                .fields(
                        ADMIN,
                        "Mutation.createProjectTraceRetentionPolicy",
                        "Mutation.patchProjectTraceRetentionPolicy",
                        "Mutation.deleteProjectTraceRetentionPolicy")
                .types(
                        VIEWER,
                        "ProjectTraceRetentionPolicy",
                        "ProjectTraceRetentionPolicyConnection",
                        "ProjectTraceRetentionPolicyEdge",
                        "ProjectTraceRetentionPolicyMutationPayload",
                        "RetentionPurge",
                        "RetentionPurgeConnection",
                        "RetentionPurgeEdge",
                        "TraceRetentionRule",
                        "TraceRetentionRuleMaxCount",
                        "TraceRetentionRuleMaxDays",
                        "TraceRetentionRuleMaxDaysOrCount")
                .fields(VIEWER, "Query.annotationConfigs")
                .fields(
                        MEMBER,
                        "Mutation.createAnnotationConfig",
                        "Mutation.updateAnnotationConfig",
                        "Mutation.deleteAnnotationConfigs",
                        "Mutation.addAnnotationConfigToProject",
                        "Mutation.removeAnnotationConfigFromProject",
                        "Mutation.createProject",
                        "Mutation.patchProject",
                        "Mutation.deleteProject",
                        "Mutation.clearProject",
                        "Mutation.deleteTraces",
                        "Mutation.transferTracesToProject")
                .types(
                        VIEWER,
                        "AddAnnotationConfigToProjectPayload",
                        "AnnotationConfig",
                        "AnnotationConfigBase",
                        "AnnotationConfigConnection",
                        "AnnotationConfigEdge",
                        "CategoricalAnnotationConfig",
                        "CategoricalAnnotationValue",
                        "ContinuousAnnotationConfig",
                        "CreateAnnotationConfigPayload",
                        "DeleteAnnotationConfigsPayload",
                        "FreeformAnnotationConfig",
                        "ProjectMutationPayload",
                        "RemoveAnnotationConfigFromProjectPayload",
                        "UpdateAnnotationConfigPayload")
                .http(
                        VIEWER,
                        "GET /v1/user",
                        "GET /v1/user/api_keys",
                        "DELETE /v1/user/api_keys/{api_key_id}",
                        "GET /v1/user/sessions",
                        "DELETE /v1/user/sessions/{session_id}")
                .httpThatAdds(VIEWER, "POST /v1/user/api_keys")
                .http(
                        ADMIN,
                        "GET /v1/users",
                        "DELETE /v1/users/{user_id}",
                        "GET /v1/users/{user_id}/sessions",
                        "DELETE /v1/users/{user_id}/sessions",
                        "GET /v1/users/api_keys",
                        "GET /v1/system/api_keys",
                        "DELETE /v1/system/api_keys/{api_key_id}")
                .httpThatAdds(ADMIN, "POST /v1/users", "POST /v1/system/api_keys")
                .http(
                        CredentialRule.LOGGED_IN,
                        "GET /v1/user/api_keys",
                        "GET /v1/user/sessions",
                        "DELETE /v1/user/sessions/{session_id}",
                        "GET /v1/users/{user_id}/sessions",
                        "DELETE /v1/users/{user_id}/sessions",
                        "GET /v1/users/api_keys",
                        "GET /v1/system/api_keys",
                        "DELETE /v1/system/api_keys/{api_key_id}")
                .http(CredentialRule.SESSION, "POST /v1/user/api_keys")
                .http(CredentialRule.NO_SYSTEM_KEY, "DELETE /v1/user/api_keys/{api_key_id}")
                .http(CredentialRule.SESSION_OR_SECRET, "POST /v1/system/api_keys")
                .http(ADMIN, "GET /v1/audit_events", "GET /v1/audit_events/export")
                .httpThatAdds(ADMIN, "PUT /v1/secrets")
                .fields(
                        VIEWER,
                        "Query.agentsConfig",
                        "Query.dbStorageCapacityBytes",
                        "Query.dbTableStats",
                        "Query.serverStatus")
                .fields(
                        ADMIN,
                        "Mutation.setAgentAssistantEnabled",
                        "Mutation.setAgentGithubEnabled",
                        "Mutation.setAgentSessionRetention",
                        "Mutation.setAgentTraceRecording")
                .types(
                        VIEWER,
                        "AgentAssistantEnabled",
                        "AgentGithubEnabled",
                        "AgentSessionRetention",
                        "AgentTraceRecording",
                        "AgentsConfig",
                        "DbTableStats",
                        "ServerStatus")
                .fields(VIEWER, "Query.secrets")
                .fields(ADMIN, "Mutation.upsertOrDeleteSecrets")
                .types(
                        VIEWER,
                        "ResolvedSecret",
                        "Secret",
                        "SecretConnection",
                        "SecretEdge",
                        "UpsertOrDeleteSecretsMutationPayload")
                .types(ADMIN, "DecryptedSecret", "UnparsableSecret")
                .httpThatAdds(
                        MEMBER,
                        "POST /v1/traces",
                        "POST /v1/logs",
                        "POST /v1/projects/{project_identifier}/spans",
                        "POST /v1/span_annotations",
                        "POST /v1/trace_annotations",
                        "POST /v1/session_annotations",
                        "POST /v1/document_annotations",
                        "POST /v1/span_notes",
                        "POST /v1/trace_notes",
                        "POST /v1/session_notes")
                .http(MEMBER, "POST /v1/metrics")
                .grpcThatAdds(
                        MEMBER,
                        "opentelemetry.proto.collector.trace.v1.TraceService/Export",
                        "opentelemetry.proto.collector.logs.v1.LogsService/Export")
                .grpc(MEMBER, "opentelemetry.proto.collector.metrics.v1.MetricsService/Export")
                .fields(
                        VIEWER,
                        "Query.node",
                        "Query.projects",
                        "Query.getProjectByName",
                        "Query.projectCount",
                        "Query.projectsLastUpdatedAt",
                        "Query.getSpanByOtelId",
                        "Query.getTraceByOtelId",
                        "Query.getProjectSessionById",
                        "Query.generativeModels",
                        "Query.costRecomputations",
                        "Query.rederivations")
                .fields(
                        MEMBER,
                        "Mutation.createModel",
                        "Mutation.updateModel",
                        "Mutation.deleteModel",
                        "Mutation.recomputeCosts",
                        "Mutation.rederiveSpans")
                .fields(
                        VIEWER,
                        "Query.viewer",
                        "Query.userRoles",
                        "Mutation.patchViewer",
                        "Mutation.createUserApiKey",
                        "Mutation.deleteUserApiKey")
                .fields(
                        ADMIN,
                        "Query.users",
                        "Query.userApiKeys",
                        "Query.systemApiKeys",
                        "Mutation.createUser",
                        "Mutation.patchUser",
                        "Mutation.deleteUsers",
                        "Mutation.createSystemApiKey",
                        "Mutation.deleteSystemApiKey")
                .fields(
                        CredentialRule.LOGGED_IN,
                        "Query.users",
                        "Query.userApiKeys",
                        "Query.systemApiKeys",
                        "Mutation.createUser",
                        "Mutation.patchUser",
                        "Mutation.deleteUsers",
                        "Mutation.deleteSystemApiKey")
                .fields(CredentialRule.PERSONAL, "Mutation.patchViewer")
                .fields(CredentialRule.SESSION, "Mutation.createUserApiKey")
                .fields(CredentialRule.NO_SYSTEM_KEY, "Mutation.deleteUserApiKey")
                .fields(CredentialRule.SESSION_OR_SECRET, "Mutation.createSystemApiKey")
                .types(
                        VIEWER,
                        "ApiKey",
                        "CreateSystemApiKeyMutationPayload",
                        "CreateUserApiKeyMutationPayload",
                        "DeleteApiKeyMutationPayload",
                        "DeleteUsersPayload",
                        "SystemApiKey",
                        "User",
                        "UserApiKey",
                        "UserConnection",
                        "UserEdge",
                        "UserMutationPayload",
                        "UserRole")
                .types(
                        VIEWER,
                        "Annotation",
                        "AnnotationSummary",
                        "CostBreakdown",
                        "CostRecomputation",
                        "CostRecomputationConnection",
                        "CostRecomputationEdge",
                        "CreateModelMutationPayload",
                        "DeleteModelMutationPayload",
                        "DocumentAnnotation",
                        "FilterVocabularyTerm",
                        "GenerativeModel",
                        "GenerativeModelConnection",
                        "GenerativeModelEdge",
                        "InstrumentationScope",
                        "LabelFraction",
                        "ModelInterface",
                        "Mutation",
                        "Node",
                        "PageInfo",
                        "Project",
                        "ProjectConnection",
                        "ProjectEdge",
                        "ProjectSession",
                        "ProjectSessionAnnotation",
                        "ProjectSessionConnection",
                        "ProjectSessionEdge",
                        "Query",
                        "RecomputeCostsPayload",
                        "Rederivation",
                        "RederivationConnection",
                        "RederivationEdge",
                        "RederiveSpansPayload",
                        "Span",
                        "SpanAnnotation",
                        "SpanConnection",
                        "SpanContext",
                        "SpanCostDetailSummaryEntry",
                        "SpanCostSummary",
                        "SpanDerivation",
                        "SpanDerivedField",
                        "SpanDialect",
                        "SpanEdge",
                        "SpanEvent",
                        "SpanFilterConditionAnalysis",
                        "SpanIOValue",
                        "SpanLink",
                        "SpanMissingField",
                        "SpanRepetition",
                        "TokenCountPromptDetails",
                        "TokenPrice",
                        "TokenUsage",
                        "Trace",
                        "TraceAnnotation",
                        "TraceConnection",
                        "TraceEdge",
                        "UpdateModelMutationPayload",
                        "ValidationResult")
                .fields(
                        MEMBER,
                        "Mutation.createDocumentAnnotations",
                        "Mutation.patchDocumentAnnotations",
                        "Mutation.deleteDocumentAnnotations",
                        "Mutation.createSpanAnnotations",
                        "Mutation.createSpanNotes",
                        "Mutation.patchSpanAnnotations",
                        "Mutation.deleteSpanNotes",
                        "Mutation.deleteSpanAnnotations",
                        "Mutation.createProjectSessionAnnotations",
                        "Mutation.createProjectSessionNotes",
                        "Mutation.updateProjectSessionAnnotations",
                        "Mutation.deleteProjectSessionNotes",
                        "Mutation.deleteProjectSessionAnnotation",
                        "Mutation.createTraceAnnotations",
                        "Mutation.createTraceNotes",
                        "Mutation.patchTraceAnnotations",
                        "Mutation.deleteTraceNotes",
                        "Mutation.deleteTraceAnnotations")
                .fields(
                        ADMIN,
                        "Mutation.deleteProjectSpanAnnotations",
                        "Mutation.deleteProjectTraceAnnotations",
                        "Mutation.deleteProjectSessionAnnotations")
                .types(ADMIN, "DeleteProjectAnnotationsByNamePayload")
                .types(
                        VIEWER,
                        "AnnotationMetricsTimeSeries",
                        "AnnotationMetricsTimeSeriesDataPoint",
                        "AnnotationNameCount",
                        "AnnotationScoreTimeSeries",
                        "AnnotationScoreTimeSeriesDataPoint",
                        "AnnotationScoreWithLabel",
                        "DocumentEvaluationSummary",
                        "DocumentRetrievalMetrics",
                        "DocumentAnnotationMutationPayload",
                        "ProjectSessionAnnotationMutationPayload",
                        "ProjectSessionAnnotationsMutationPayload",
                        "SpanAnnotationMutationPayload",
                        "TraceAnnotationMutationPayload",
                        "SpanErrorTypeCount",
                        "SpanKindCount",
                        "SpanCountTimeSeries",
                        "SpanCountTimeSeriesDataPoint",
                        "TimeSeries",
                        "TimeSeriesDataPoint",
                        "TraceCountByStatusTimeSeries",
                        "TraceCountByStatusTimeSeriesDataPoint",
                        "TraceCountTimeSeries",
                        "TraceLatencyMsPercentileTimeSeriesDataPoint",
                        "TraceLatencyPercentileTimeSeries",
                        "TraceTokenCostTimeSeries",
                        "TraceTokenCostTimeSeriesDataPoint",
                        "TraceTokenCountDetailsTimeSeriesEntry",
                        "TraceTokenCountTimeSeries",
                        "TraceTokenCountTimeSeriesDataPoint")
                .build();
    }

    Set<Operation> operations() {
        return rows.keySet();
    }

    /** Operations that have no row. */
    List<Operation> missing(Collection<Operation> registered) {
        return registered.stream().filter(operation -> !rows.containsKey(operation)).toList();
    }

    Optional<Role> find(Operation operation) {
        return Optional.ofNullable(rows.get(operation));
    }

    Role required(Operation operation) {
        return find(operation)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no row in the policy table for " + operation));
    }

    /**
     * Whether a path has the method. Every handler has a row, so one that has none has no handler:
     * Spring asks for such a method itself before it answers a preflight.
     */
    boolean hasMethod(String method, String pattern) {
        return rows.containsKey(Operation.http("*", pattern))
                || rows.containsKey(Operation.http(method, pattern));
    }

    /** The methods of a path, in order. */
    SortedSet<String> methods(String pattern) {
        SortedSet<String> methods = new TreeSet<>();
        for (Operation operation : rows.keySet()) {
            int blank = operation.name().indexOf(' ');
            if (operation.surface() == Surface.HTTP
                    && operation.name().substring(blank + 1).equals(pattern)) {
                methods.add(operation.name().substring(0, blank));
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    CredentialRule credentials(Operation operation) {
        return credentials.getOrDefault(operation, CredentialRule.ANY);
    }

    void check(Principal principal, Operation operation) {
        Role required = required(operation);
        if (principal.role() == Role.ANONYMOUS && required != Role.ANONYMOUS) {
            throw new ApiException(HttpStatus.UNAUTHORIZED, principal.name());
        }
        if (!principal.role().includes(required)) {
            throw new ApiException(HttpStatus.FORBIDDEN, refusal(principal, operation, required));
        }
        CredentialRule rule = credentials(operation);
        if (!rule.accepts(principal.credential())) {
            throw new ApiException(HttpStatus.FORBIDDEN, rule.refusal(principal.credential()));
        }
    }

    /** In the words that clients of GraphQL know; elsewhere in clear ones. */
    private static String refusal(Principal principal, Operation operation, Role required) {
        if (operation.surface() != Surface.GRAPHQL_FIELD) {
            return "%s needs the role %s, %s has %s"
                    .formatted(operation.name(), required, principal.name(), principal.role());
        }
        return principal.role() == Role.VIEWER && operation.name().startsWith("Mutation.")
                ? "Viewers cannot perform this action"
                : "Only admin can perform this action";
    }

    /**
     * Whether the storage lock refuses the operation. Of mutations it refuses all but deletions.
     */
    boolean adds(Operation operation) {
        return adding.contains(operation)
                || (operation.surface() == Surface.GRAPHQL_FIELD
                        && operation.name().startsWith("Mutation.")
                        && !UNLOCKED.matcher(operation.name()).matches());
    }

    static final class Builder {

        private final Map<Operation, Role> rows = new HashMap<>();
        private final Set<Operation> adding = new HashSet<>();
        private final Map<Operation, CredentialRule> credentials = new HashMap<>();

        Builder http(CredentialRule rule, String... operations) {
            return accepting(Surface.HTTP, rule, operations);
        }

        Builder fields(CredentialRule rule, String... fields) {
            return accepting(Surface.GRAPHQL_FIELD, rule, fields);
        }

        Builder http(Role role, String... operations) {
            return add(Surface.HTTP, role, operations);
        }

        Builder fields(Role role, String... fields) {
            return add(Surface.GRAPHQL_FIELD, role, fields);
        }

        Builder types(Role role, String... types) {
            return add(Surface.GRAPHQL_TYPE, role, types);
        }

        /** Operations that the storage lock refuses. */
        Builder httpThatAdds(Role role, String... operations) {
            return adding(Surface.HTTP, role, operations);
        }

        Builder grpc(Role role, String... methods) {
            return add(Surface.GRPC, role, methods);
        }

        /** Methods that the storage lock refuses. */
        Builder grpcThatAdds(Role role, String... methods) {
            return adding(Surface.GRPC, role, methods);
        }

        PolicyTable build() {
            return new PolicyTable(rows, adding, credentials);
        }

        private Builder accepting(Surface surface, CredentialRule rule, String... names) {
            for (String name : names) {
                credentials.put(new Operation(surface, name), rule);
            }
            return this;
        }

        private Builder adding(Surface surface, Role role, String... names) {
            for (String name : names) {
                adding.add(new Operation(surface, name));
            }
            return add(surface, role, names);
        }

        private Builder add(Surface surface, Role role, String... names) {
            for (String name : names) {
                if (rows.put(new Operation(surface, name), role) != null) {
                    throw new IllegalStateException("two rows in the policy table for " + name);
                }
            }
            return this;
        }
    }
}
