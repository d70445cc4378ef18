package dev.phoenix.server.auth.session;

import static dev.phoenix.server.db.jooq.Tables.PASSWORD_RESET_TOKENS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.Actor;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.PublicOrigin;
import dev.phoenix.server.auth.account.AccountChange;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.MailQueue;
import dev.phoenix.server.auth.account.PasswordHash;
import dev.phoenix.server.auth.account.PasswordPolicy;
import dev.phoenix.server.auth.account.Passwords;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.token.IssuedToken;
import dev.phoenix.server.auth.token.TokenId;
import dev.phoenix.server.auth.token.TokenKind;
import dev.phoenix.server.auth.token.Tokens;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.settings.PasswordSettings;
import dev.phoenix.server.settings.Secret;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Lets people choose a new password by a link that is mailed to them and works once. */
@Service
class PasswordResets {

    private final Database database;
    private final KeyAllocator keys;
    private final Tokens tokens;
    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final LoginAttempts attempts;
    private final PublicOrigin origin;
    private final MailQueue queue;
    private final AuditLog audit;
    private final PasswordSettings settings;
    private final InstantSource clock;
    private final @Nullable PasswordResetMail mail;

    PasswordResets(
            Database database,
            KeyAllocator keys,
            Tokens tokens,
            Accounts accounts,
            Passwords passwords,
            PasswordPolicy policy,
            LoginAttempts attempts,
            PublicOrigin origin,
            MailQueue queue,
            AuditLog audit,
            PasswordSettings settings,
            InstantSource clock,
            ObjectProvider<PasswordResetMail> mail) {
        this.database = database;
        this.keys = keys;
        this.tokens = tokens;
        this.accounts = accounts;
        this.passwords = passwords;
        this.policy = policy;
        this.attempts = attempts;
        this.origin = origin;
        this.queue = queue;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
        this.mail = mail.getIfAvailable();
    }

    /**
     * Sends the link, if there is an account with a password; the caller does not learn whether.
     */
    void request(String email) {
        PasswordResetMail sender = mail;
        if (sender == null) {
            throw new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "SMTP server not configured");
        }
        queue.add("a password reset", () -> send(sender, email));
    }

    private void send(PasswordResetMail sender, String email) {
        accounts.findByEmail(email)
                .filter(user -> user.authMethod() == AuthMethod.LOCAL && !user.isSystem())
                .ifPresent(user -> sender.send(user, link(issue(user))));
    }

    /** The one before does not work any more. */
    private Secret issue(User user) {
        long id = keys.reserve("password_reset_tokens", 1);
        IssuedToken token = tokens.issue(TokenKind.PASSWORD_RESET, id);
        Instant now = clock.instant();
        return database.transaction(
                transaction -> {
                    transaction
                            .deleteFrom(PASSWORD_RESET_TOKENS)
                            .where(PASSWORD_RESET_TOKENS.USER_ID.eq(user.id()))
                            .execute();
                    transaction
                            .insertInto(PASSWORD_RESET_TOKENS)
                            .set(PASSWORD_RESET_TOKENS.ID, id)
                            .set(PASSWORD_RESET_TOKENS.USER_ID, user.id())
                            .set(PASSWORD_RESET_TOKENS.TOKEN_HASH, token.hash())
                            .set(PASSWORD_RESET_TOKENS.CREATED_AT_NS, Nanos.of(now))
                            .set(
                                    PASSWORD_RESET_TOKENS.EXPIRES_AT_NS,
                                    Nanos.of(now.plus(settings.resetLife())))
                            .execute();
                    return token.text();
                });
    }

    private URI link(Secret token) {
        return URI.create(origin.forMail() + "/reset-password-with-token?token=" + token.reveal());
    }

    /** Gives the owner of a token the password, ends their sessions, and uses the token up. */
    void reset(String token, Secret password, String address) {
        long id =
                tokens.read(token)
                        .filter(read -> read.kind() == TokenKind.PASSWORD_RESET)
                        .map(TokenId::id)
                        .orElseThrow(PasswordResets::invalid);
        long userId = owner(id, token).orElseThrow(PasswordResets::invalid);
        policy.check(password);
        PasswordHash hash = passwords.hash(password);
        if (!use(id)) {
            throw invalid();
        }
        User user = accounts.find(userId).orElseThrow(PasswordResets::invalid);
        if (user.authMethod() == AuthMethod.LOCAL) {
            AuditEvent event =
                    new AuditEvent(
                            new Actor(user.id(), user.username(), "RESET_LINK"),
                            "user.change",
                            user.username(),
                            Map.of("password", "new"),
                            address);
            accounts.change(
                    userId,
                    AccountChange.NONE.withPassword(hash, false),
                    (transaction, _) -> audit.record(transaction, event));
            attempts.forgive(LocalLogin.account(String.valueOf(user.email())));
        }
    }

    private Optional<Long> owner(long id, String token) {
        return database.readPrimary()
                .select(PASSWORD_RESET_TOKENS.USER_ID, PASSWORD_RESET_TOKENS.TOKEN_HASH)
                .from(PASSWORD_RESET_TOKENS)
                .where(
                        PASSWORD_RESET_TOKENS.ID.eq(id),
                        PASSWORD_RESET_TOKENS.EXPIRES_AT_NS.gt(Nanos.of(clock.instant())))
                .fetchOptional()
                .filter(row -> Tokens.belongs(token, row.get(PASSWORD_RESET_TOKENS.TOKEN_HASH)))
                .map(row -> row.get(PASSWORD_RESET_TOKENS.USER_ID));
    }

    /** Of those who use a token at once only one succeeds. */
    private boolean use(long id) {
        return database.transaction(
                        transaction ->
                                transaction
                                        .deleteFrom(PASSWORD_RESET_TOKENS)
                                        .where(PASSWORD_RESET_TOKENS.ID.eq(id))
                                        .execute())
                == 1;
    }

    private static ApiException invalid() {
        return new ApiException(HttpStatus.UNAUTHORIZED, "Invalid token");
    }
}
