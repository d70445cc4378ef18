package dev.phoenix.server.contract;

import java.util.Set;

/** What this server offers beyond the contract. */
final class Extensions {

    private Extensions() {}

    static Set<String> operations() {
        return Set.of(
                "GET /v1/audit_events",
                "GET /v1/audit_events/export",
                "GET /v1/projects/{project_identifier}/events",
                "GET /v1/rejections",
                "GET /v1/spans/{span_identifier}/derivation",
                "GET /v1/traces/{trace_identifier}/skeleton",
                "GET /v1/user/sessions",
                "DELETE /v1/user/sessions/{session_id}",
                "GET /v1/users/{user_id}/sessions",
                "DELETE /v1/users/{user_id}/sessions");
    }
}
