package dev.phoenix.server.auth.account;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.PublicOrigin;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.settings.LdapSettings;
import dev.phoenix.server.settings.PasswordSettings;
import dev.phoenix.server.settings.Secret;
import dev.phoenix.server.settings.Settings;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** What admins do with accounts and everybody with their own, the same over REST and GraphQL. */
@Service
class UserAdministration {

    private static final Logger log = LoggerFactory.getLogger(UserAdministration.class);

    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final PasswordGuesses guesses;
    private final PasswordSettings settings;
    private final Optional<LdapSettings> directory;
    private final PublicOrigin origin;
    private final MailQueue queue;
    private final AuditLog audit;
    private final @Nullable WelcomeMail mail;

    UserAdministration(
            Accounts accounts,
            Passwords passwords,
            PasswordPolicy policy,
            PasswordGuesses guesses,
            PasswordSettings settings,
            Settings all,
            PublicOrigin origin,
            MailQueue queue,
            AuditLog audit,
            ObjectProvider<WelcomeMail> mail) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.policy = policy;
        this.guesses = guesses;
        this.settings = settings;
        this.directory = all.ldap();
        this.origin = origin;
        this.queue = queue;
        this.audit = audit;
        this.mail = mail.getIfAvailable();
    }

    /** Without addresses nobody could ever log in to an account that is made by hand. */
    private void requireAddresses() {
        if (directory.filter(settings -> settings.users().email().isEmpty()).isPresent()) {
            throw ApiException.badRequest(
                    "users of the directory cannot be created, because it has no addresses (PHOENIX_LDAP_ATTR_EMAIL): they get an account when they first log in");
        }
    }

    /**
     * A user an admin asks for.
     *
     * @param password made up if it is null
     */
    record Wanted(
            AuthMethod authMethod,
            Role role,
            String username,
            String email,
            @Nullable String password,
            @Nullable String oauth2ClientId,
            @Nullable String oauth2UserId) {}

    User create(Caller caller, Wanted wanted, boolean welcome) {
        if (wanted.role() == Role.SYSTEM) {
            throw ApiException.badRequest(
                    "role must be ADMIN, MEMBER or VIEWER; there is only one SYSTEM user");
        }
        String username = AccountNames.checkedUsername(wanted.username());
        String email = AccountNames.checkedEmail(wanted.email());
        NewUser user =
                switch (wanted.authMethod()) {
                    case LOCAL ->
                            NewUser.local(
                                    wanted.role(), username, email, firstPassword(wanted), true);
                    case OAUTH2 ->
                            NewUser.oauth2(
                                    wanted.role(),
                                    username,
                                    email,
                                    wanted.oauth2ClientId(),
                                    wanted.oauth2UserId(),
                                    null);
                    case LDAP -> {
                        requireAddresses();
                        yield NewUser.ldap(wanted.role(), username, email, null);
                    }
                };
        User created =
                unlessTaken(
                        () ->
                                accounts.create(
                                        user,
                                        (transaction, made) ->
                                                audit.record(
                                                        transaction,
                                                        caller.did(
                                                                "user.create",
                                                                made.username(),
                                                                Map.of(
                                                                        "role",
                                                                        made.role().name())))));
        WelcomeMail sender = mail;
        if (welcome && sender == null) {
            log.info(
                    "The welcome to {} was not sent: there is no mail server (PHOENIX_SMTP_HOSTNAME).",
                    created.username());
        }
        if (welcome && sender != null) {
            URI link = URI.create(origin.forMail());
            queue.add("a welcome", () -> sender.send(created, link));
        }
        return created;
    }

    private PasswordHash firstPassword(Wanted wanted) {
        if (!settings.enabled()) {
            throw ApiException.unprocessable(
                    "auth_method must be OAUTH2 or LDAP, because PHOENIX_DISABLE_BASIC_AUTH is TRUE");
        }
        if (wanted.password() == null) {
            return passwords.hash(passwords.random());
        }
        Secret password = Secret.of(wanted.password().strip());
        policy.check(password);
        return passwords.hash(password);
    }

    /** An admin changes somebody else, or their own name or password. */
    User patch(
            Caller admin,
            long id,
            @Nullable Role role,
            @Nullable String username,
            @Nullable String password) {
        User user = requireHuman(id);
        AccountChange change = AccountChange.NONE;
        if (role != null && role != user.role()) {
            if (admin.principal().is(id)) {
                throw forbidden("Cannot modify own role");
            }
            if (user.isDefaultAdmin()) {
                throw forbidden("Cannot modify role for the default admin user");
            }
            change = change.withRole(role);
        }
        if (username != null) {
            change = change.withUsername(AccountNames.checkedUsername(username));
        }
        if (password != null) {
            change = change.withPassword(newPassword(user, password), true);
        }
        return change(admin, user, change);
    }

    /** Somebody changes themselves. */
    User patchSelf(
            Caller caller,
            @Nullable String username,
            @Nullable String password,
            @Nullable String current) {
        Long id = caller.principal().userId();
        User user = id == null ? null : accounts.find(id).orElse(null);
        if (user == null || user.isSystem()) {
            throw forbidden("only people can change themselves; log in as one");
        }
        AccountChange change = AccountChange.NONE;
        if (username != null) {
            change = change.withUsername(AccountNames.checkedUsername(username));
        }
        if (password != null) {
            requireCurrent(user, current);
            if (user.passwordNeedsReset() && password.equals(current)) {
                throw ApiException.unprocessable(
                        "the new password must differ from the current one, which somebody else chose");
            }
            change = change.withPassword(newPassword(user, password), false);
        }
        return change(caller, user, change);
    }

    private void requireCurrent(User user, @Nullable String current) {
        PasswordHash kept = accounts.password(user.id()).orElse(null);
        if (kept == null
                || current == null
                || !guesses.isRight(user, () -> passwords.matches(Secret.of(current), kept))) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "Valid current password is required to modify the password");
        }
    }

    private PasswordHash newPassword(User user, String password) {
        if (user.authMethod() != AuthMethod.LOCAL) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "%s has no password here: %s users log in through their organisation"
                            .formatted(user.username(), user.authMethod()));
        }
        Secret secret = Secret.of(password);
        policy.check(secret);
        return passwords.hash(secret);
    }

    private User change(Caller caller, User user, AccountChange change) {
        if (change.equals(AccountChange.NONE)) {
            return user;
        }
        AuditEvent event = caller.did("user.change", user.username(), details(change));
        return unlessTaken(
                () ->
                        accounts.change(
                                user.id(),
                                change,
                                (transaction, _) -> audit.record(transaction, event)));
    }

    private static Map<String, String> details(AccountChange change) {
        Map<String, String> details = new LinkedHashMap<>();
        if (change.role() != null) {
            details.put("role", change.role().name());
        }
        if (change.username() != null) {
            details.put("username", change.username());
        }
        if (change.password() != null) {
            details.put("password", "new");
        }
        return details;
    }

    /** All or none. */
    void delete(Caller caller, Collection<Long> ids) {
        Map<Long, User> users = accounts.byIds(ids);
        if (users.values().stream().anyMatch(User::isDefaultAdmin)) {
            throw forbidden("Cannot delete the default admin user");
        }
        boolean known =
                users.keySet().containsAll(ids)
                        && users.values().stream().noneMatch(User::isSystem);
        if (!known || !deleteAll(caller, users.values())) {
            throw ApiException.notFound("Some user IDs could not be found");
        }
    }

    void deleteOne(Caller caller, long id) {
        User user = accounts.find(id).orElseThrow(() -> ApiException.notFound("User not found"));
        if (user.isDefaultAdmin() || user.isSystem()) {
            throw forbidden("Cannot delete the default admin or system user");
        }
        if (!deleteAll(caller, List.of(user))) {
            throw ApiException.notFound("User not found");
        }
    }

    private boolean deleteAll(Caller caller, Collection<User> users) {
        return accounts.delete(
                users.stream().map(User::id).toList(),
                transaction ->
                        users.forEach(
                                user ->
                                        audit.record(
                                                transaction,
                                                caller.did(
                                                        "user.delete",
                                                        user.username(),
                                                        Map.of()))));
    }

    private User requireHuman(long id) {
        return accounts.find(id)
                .filter(user -> !user.isSystem())
                .orElseThrow(() -> ApiException.notFound("User not found"));
    }

    private static User unlessTaken(Supplier<User> work) {
        try {
            return work.get();
        } catch (AccountConflictException e) {
            throw e.toApiException();
        }
    }

    private static ApiException forbidden(String why) {
        return new ApiException(HttpStatus.FORBIDDEN, why);
    }
}
