package dev.phoenix.server.auth.session;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.Actor;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.browser.ClientAddress;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.settings.PasswordSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** The one place where sessions begin, however people log in. */
@Service
public class SessionIssuer {

    private final Database database;
    private final SessionRows rows;
    private final PasswordSettings passwords;
    private final AuditLog audit;

    SessionIssuer(Database database, SessionRows rows, PasswordSettings passwords, AuditLog audit) {
        this.database = database;
        this.rows = rows;
        this.passwords = passwords;
        this.audit = audit;
    }

    /**
     * Begins a session of somebody who has just proved who they are.
     *
     * @param how what they proved it with
     * @param from the request that did
     */
    public Session open(User user, AuthMethod how, HttpServletRequest from) {
        if (user.isSystem() || user.authMethod() != how) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN, "%s cannot log in this way".formatted(user.username()));
        }
        if (how == AuthMethod.LOCAL && !passwords.enabled()) {
            throw passwordsAreOff();
        }
        SessionRows.Keys keys = rows.reserve();
        SessionOrigin origin = SessionOrigin.of(how, from);
        AuditEvent event =
                new AuditEvent(
                        new Actor(user.id(), user.username(), Credential.SESSION.name()),
                        "session.open",
                        user.username(),
                        Map.of("method", how.name()),
                        ClientAddress.of(from));
        return database.transaction(
                        transaction -> {
                            Optional<Session> session = rows.begin(transaction, keys, user, origin);
                            session.ifPresent(_ -> audit.record(transaction, event));
                            return session;
                        })
                .orElseThrow(SessionIssuer::changedMeanwhile);
    }

    private static ApiException changedMeanwhile() {
        return new ApiException(
                HttpStatus.UNAUTHORIZED,
                "the account has just changed: its password, its role, or that it exists; log in"
                        + " again");
    }

    static ApiException passwordsAreOff() {
        return new ApiException(
                HttpStatus.FORBIDDEN,
                "logging in with a password is switched off; log in through your organisation");
    }
}
