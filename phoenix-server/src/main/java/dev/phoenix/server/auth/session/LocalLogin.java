package dev.phoenix.server.auth.session;

import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.account.AccountNames;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.LoginEvents;
import dev.phoenix.server.auth.account.PasswordHash;
import dev.phoenix.server.auth.account.Passwords;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.settings.Secret;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Logging in with a password kept here. */
@Service
class LocalLogin {

    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginAttempts attempts;
    private final AuditLog audit;

    LocalLogin(Accounts accounts, Passwords passwords, LoginAttempts attempts, AuditLog audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.audit = audit;
    }

    /** Whose address and password these are; it takes as long if there is nobody. */
    Optional<User> find(String email, Secret password, String address) {
        Optional<User> user = attempts.attempt(account(email), () -> check(email, password));
        if (user.isEmpty()) {
            LoginEvents events = new LoginEvents(AuthMethod.LOCAL, address);
            String target = AccountNames.email(email);
            audit.record(
                    attempts.isLocked(account(email))
                            ? events.locked(target)
                            : events.refused(target, Map.of()));
        }
        return user;
    }

    /** As {@link LoginAttempts} knows the account. */
    static String account(String email) {
        return "local:" + AccountNames.key(email);
    }

    private Optional<User> check(String email, Secret password) {
        Optional<User> user =
                accounts.findByEmail(email)
                        .filter(found -> found.authMethod() == AuthMethod.LOCAL)
                        .filter(found -> !found.isSystem());
        Optional<PasswordHash> kept = user.flatMap(found -> accounts.password(found.id()));
        if (kept.isEmpty()) {
            passwords.matchNobody(password);
            return Optional.empty();
        }
        if (!passwords.matches(password, kept.get())) {
            if (Passwords.isOutdated(kept.get())) {
                // An old hash is quick to compare; that must not tell that there is one.
                passwords.matchNobody(password);
            }
            return Optional.empty();
        }
        accounts.modernize(user.get(), password, kept.get());
        return user;
    }
}
