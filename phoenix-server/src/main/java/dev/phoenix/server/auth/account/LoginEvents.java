package dev.phoenix.server.auth.account;

import dev.phoenix.server.audit.Actor;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.auth.Credential;
import java.util.Map;
import java.util.TreeMap;

/**
 * What logging in somewhere else does to accounts here, for the audit log: nobody but the person
 * who logs in has a hand in it.
 *
 * @param how where they log in
 * @param address of their client
 */
public record LoginEvents(AuthMethod how, String address) {

    public AuditEvent created(User user) {
        return event(
                actor(user), "user.create", user.username(), Map.of("role", user.role().name()));
    }

    public AuditEvent changed(User user, AccountChange change) {
        Map<String, String> details = new TreeMap<>();
        if (change.role() != null) {
            details.put("role", change.role().name());
        }
        if (change.email() != null) {
            details.put("email", change.email());
        }
        if (change.oauth2UserId() != null || change.ldapUniqueId() != null) {
            details.put("bound", "true");
        }
        return event(actor(user), "user.change", user.username(), details);
    }

    /**
     * @param target what they said they were, or where they came from
     */
    public AuditEvent refused(String target, Map<String, String> details) {
        return event(stranger(), "session.refuse", target, details);
    }

    /** Refused for the last time for a while. */
    public AuditEvent locked(String target) {
        return event(stranger(), "session.lock", target, Map.of());
    }

    private AuditEvent event(Actor actor, String action, String target, Map<String, String> more) {
        Map<String, String> details = new TreeMap<>(more);
        details.put("method", how.name());
        return new AuditEvent(actor, action, target, details, address);
    }

    private static Actor actor(User user) {
        return new Actor(user.id(), user.username(), Credential.NONE.name());
    }

    private static Actor stranger() {
        return new Actor(null, "", Credential.NONE.name());
    }
}
