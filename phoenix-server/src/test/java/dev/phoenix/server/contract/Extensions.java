package dev.phoenix.server.contract;

import java.util.Set;

/** What this server offers beyond the contract. */
final class Extensions {

    private Extensions() {}

    static Set<String> operations() {
        return Set.of("GET /v1/rejections", "GET /v1/traces/{trace_identifier}/skeleton");
    }
}
