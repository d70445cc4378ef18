package dev.phoenix.server.auth.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.StrictJson;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.account.AccountNames;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.LoginEvents;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.browser.ClientAddress;
import dev.phoenix.server.auth.ldap.LdapAnswer.Accepted;
import dev.phoenix.server.auth.ldap.LdapAnswer.Refused;
import dev.phoenix.server.auth.ldap.LdapAnswer.Unavailable;
import dev.phoenix.server.auth.session.LoginAttempts;
import dev.phoenix.server.auth.session.SessionCookies;
import dev.phoenix.server.auth.session.SessionIssuer;
import dev.phoenix.server.settings.LdapSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Logging in with the name and password of the directory. */
@Hidden
@RestController
@Conditional(DirectoryIsUsed.class)
class LdapLoginController {

    private final StrictJson json;
    private final LdapDirectory directory;
    private final LdapAccounts accounts;
    private final LoginAttempts attempts;
    private final SessionIssuer sessions;
    private final SessionCookies cookies;
    private final AuditLog audit;

    LdapLoginController(
            StrictJson json,
            LdapSettings settings,
            Accounts accounts,
            LoginAttempts attempts,
            SessionIssuer sessions,
            SessionCookies cookies,
            AuditLog audit) {
        this.json = json;
        this.directory = new LdapDirectory(settings, LdapDirectory.Limits.STANDARD);
        this.accounts = new LdapAccounts(accounts, audit, settings.signUp());
        this.attempts = attempts;
        this.sessions = sessions;
        this.cookies = cookies;
        this.audit = audit;
    }

    @PostMapping("/auth/ldap/login")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void login(HttpServletRequest request, HttpServletResponse response) {
        JsonNode form = json.read(request);
        Optional<String> username =
                StrictJson.text(form, "username").filter(text -> !text.isBlank());
        Optional<String> password = StrictJson.text(form, "password");
        if (username.isEmpty() || password.isEmpty()) {
            throw unauthorized("Username and password required");
        }
        LoginEvents events = new LoginEvents(AuthMethod.LDAP, ClientAddress.of(request));
        var entry = new CountedEntry(attempts);
        String account = "ldap:" + AccountNames.key(username.get());
        Optional<User> user =
                attempts.attempt(
                        account, () -> find(username.get(), password.get(), entry, events));
        if (user.isEmpty()) {
            String name = username.get().strip();
            audit.record(
                    attempts.isLocked(account) || entry.isLocked()
                            ? events.locked(name)
                            : events.refused(name, Map.of()));
            throw unauthorized("Invalid username and/or password");
        }
        cookies.write(sessions.open(user.get(), AuthMethod.LDAP, request), response);
    }

    /** One person may be found by many names: wrong passwords count for the entry as well. */
    private static final class CountedEntry implements Guesses {

        private final LoginAttempts attempts;
        private volatile String account = "";

        CountedEntry(LoginAttempts attempts) {
            this.attempts = attempts;
        }

        @Override
        public boolean isRight(String entry, Bind bind) throws LDAPException {
            account = "ldap-entry:" + entry;
            return attempts.attempt(
                            account,
                            () -> bind.succeeds() ? Optional.of(entry) : Optional.<String>empty())
                    .isPresent();
        }

        boolean isLocked() {
            return attempts.isLocked(account);
        }
    }

    private Optional<User> find(
            String username, String password, Guesses guesses, LoginEvents events) {
        return switch (directory.authenticate(username, password, guesses)) {
            case Accepted(LdapIdentity identity) -> accounts.resolve(identity, events);
            case Refused() -> Optional.empty();
            // Thrown, so that it counts neither as a right nor as a wrong password.
            case Unavailable() ->
                    throw new ApiException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "the directory does not answer; try again later");
        };
    }

    private static ApiException unauthorized(String why) {
        return new ApiException(HttpStatus.UNAUTHORIZED, why);
    }
}
