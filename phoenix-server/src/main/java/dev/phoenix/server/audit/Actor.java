package dev.phoenix.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param userId null for those who are no user: anybody while authentication is off, the server
 *     itself, whoever failed to log in
 * @param name as it was then
 * @param credential what they showed, such as {@code SESSION}
 */
public record Actor(@Nullable Long userId, String name, String credential) {

    public Actor {
        name = AuditEvent.bounded(name);
    }
}
