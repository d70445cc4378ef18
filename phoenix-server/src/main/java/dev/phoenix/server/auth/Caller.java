package dev.phoenix.server.auth;

import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.auth.browser.ClientAddress;
import graphql.schema.DataFetchingEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** Who asks for a change, and from where: what the audit log wants to know. */
public record Caller(Principal principal, String address) {

    public static Caller of(HttpServletRequest request) {
        return new Caller(CurrentPrincipal.of(request), ClientAddress.of(request));
    }

    public static Caller of(DataFetchingEnvironment environment) {
        return of(CurrentPrincipal.request(environment));
    }

    /**
     * @param action feature and verb, like {@code user.create}
     */
    public AuditEvent did(String action, String target, Map<String, String> details) {
        return new AuditEvent(principal.actor(), action, target, details, address);
    }
}
