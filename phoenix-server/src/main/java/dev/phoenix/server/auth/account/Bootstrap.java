package dev.phoenix.server.auth.account;

import dev.phoenix.server.audit.Actor;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.PublicOrigin;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.AuthSettings.InitialAdmin;
import dev.phoenix.server.settings.PasswordSettings;
import dev.phoenix.server.settings.Secret;
import jakarta.annotation.PostConstruct;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The accounts a server must have before anybody can log in. Servers that start together on one
 * database may all try; whoever comes second finds them there.
 */
@Component
class Bootstrap {

    static final String SYSTEM_NAME = "system";
    static final String SYSTEM_EMAIL = "system@localhost";
    static final String ADMIN_NAME = "admin";
    static final String ADMIN_EMAIL = "admin@localhost";

    /** The password of the contract, which everybody knows. */
    private static final String KNOWN_PASSWORD = "admin";

    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);

    private final Accounts accounts;
    private final Passwords passwords;
    private final AuthSettings settings;
    private final PasswordSettings passwordSettings;
    private final PublicOrigin origin;
    private final MailQueue queue;
    private final AuditLog audit;
    private final @Nullable WelcomeMail mail;

    Bootstrap(
            Accounts accounts,
            Passwords passwords,
            AuthSettings settings,
            PasswordSettings passwordSettings,
            PublicOrigin origin,
            MailQueue queue,
            AuditLog audit,
            ObjectProvider<WelcomeMail> mail) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.settings = settings;
        this.passwordSettings = passwordSettings;
        this.origin = origin;
        this.queue = queue;
        this.audit = audit;
        this.mail = mail.getIfAvailable();
    }

    @PostConstruct
    void createMissing() {
        if (!settings.enabled()) {
            return;
        }
        if (!accounts.exists(Role.SYSTEM)) {
            create(
                    NewUser.local(
                            Role.SYSTEM,
                            SYSTEM_NAME,
                            SYSTEM_EMAIL,
                            passwords.hash(passwords.random()),
                            false));
        }
        boolean adminIsNew = !accounts.exists(Role.ADMIN);
        if (adminIsNew) {
            create(
                    NewUser.local(
                            Role.ADMIN,
                            ADMIN_NAME,
                            ADMIN_EMAIL,
                            passwords.hash(passwordSettings.initialAdmin()),
                            true));
        }
        if (accounts.findByEmail(ADMIN_EMAIL).isEmpty()) {
            tellAdmins();
        }
        settings.admins().forEach(this::createUnlessThere);
        if (passwordSettings.enabled()) {
            warnOfKnownPassword(adminIsNew);
        }
    }

    /** Anybody may have made them while authentication was off. */
    private void tellAdmins() {
        List<String> admins = accounts.named(Role.ADMIN);
        if (admins.isEmpty()) {
            log.warn(
                    "{} was not created, because another account has the name {}: there is no admin"
                            + " until it is renamed with PHOENIX_ENABLE_AUTH off and the server"
                            + " started again.",
                    ADMIN_EMAIL,
                    ADMIN_NAME);
            return;
        }
        log.warn(
                "{} was not created, because there are admins already, {} in number: {}. Delete those"
                        + " you do not know.",
                ADMIN_EMAIL,
                accounts.count(Role.ADMIN),
                String.join(", ", admins));
    }

    /** An account with the name or the address stays what it is, whatever its role. */
    private void createUnlessThere(InitialAdmin admin) {
        Optional<User> same = accounts.findByEmail(admin.email());
        if (same.isPresent()) {
            if (same.get().role() != Role.ADMIN) {
                log.warn(
                        "PHOENIX_ADMINS names {}, whose account stays {}: an admin can change its"
                                + " role.",
                        admin.email(),
                        same.get().role());
            }
        } else if (accounts.findByUsername(admin.username()).isPresent()) {
            log.warn(
                    "PHOENIX_ADMINS names {}, but another account has the name {}: nobody was"
                            + " created; give the entry another name.",
                    admin.email(),
                    admin.username());
        } else {
            create(newAdmin(admin)).ifPresent(this::welcome);
        }
    }

    private NewUser newAdmin(InitialAdmin admin) {
        if (passwordSettings.enabled()) {
            return NewUser.local(
                    Role.ADMIN,
                    admin.username(),
                    admin.email(),
                    passwords.hash(passwords.random()),
                    true);
        }
        return settings.ldap() && !settings.oauth2()
                ? NewUser.ldap(Role.ADMIN, admin.username(), admin.email(), null)
                : NewUser.oauth2(Role.ADMIN, admin.username(), admin.email(), null, null, null);
    }

    private void welcome(User admin) {
        if (mail != null) {
            URI link = URI.create(origin.forMail());
            queue.add("a welcome", () -> mail.send(admin, link));
        } else if (admin.authMethod() == AuthMethod.LOCAL) {
            log.warn(
                    "Created {} of PHOENIX_ADMINS with a password that nobody knows, and no mail"
                            + " server (PHOENIX_SMTP_HOSTNAME) to send a link: another admin must"
                            + " set one.",
                    admin.email());
        }
    }

    private Optional<User> create(NewUser user) {
        try {
            return Optional.of(
                    accounts.create(
                            user,
                            (transaction, created) -> audit.record(transaction, event(created))));
        } catch (AccountConflictException e) {
            log.debug("{} exists already", user.email());
            return Optional.empty();
        }
    }

    private static AuditEvent event(User created) {
        return new AuditEvent(
                new Actor(null, "", Credential.NONE.name()),
                "user.create",
                created.username(),
                Map.of("role", created.role().name(), "reason", "start of the server"),
                "");
    }

    /** One hash at most, and none where this start has just chosen the password. */
    private void warnOfKnownPassword(boolean adminIsNew) {
        boolean chosen = !passwordSettings.initialAdmin().reveal().equals(KNOWN_PASSWORD);
        boolean known = adminIsNew ? !chosen : isKnown();
        if (known) {
            log.warn(
                    "Everybody knows the password of {}: log in and change it now.{}",
                    ADMIN_EMAIL,
                    chosen
                            ? " PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD came too late: it counts only"
                                    + " at the first start, which creates the account."
                            : " For a new server set PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD before"
                                    + " the first start.");
        }
    }

    private boolean isKnown() {
        return accounts.findByEmail(ADMIN_EMAIL)
                .flatMap(admin -> accounts.password(admin.id()))
                .filter(kept -> passwords.matches(Secret.of(KNOWN_PASSWORD), kept))
                .isPresent();
    }
}
