package dev.phoenix.server.auth.ldap;

import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.AccountChange;
import dev.phoenix.server.auth.account.AccountConflictException;
import dev.phoenix.server.auth.account.AccountNames;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.FreeName;
import dev.phoenix.server.auth.account.LoginEvents;
import dev.phoenix.server.auth.account.NewUser;
import dev.phoenix.server.auth.account.User;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose account it is when the directory vouches for somebody. */
final class LdapAccounts {

    private static final Logger log = LoggerFactory.getLogger(LdapAccounts.class);

    private final Accounts accounts;
    private final AuditLog audit;
    private final boolean signUp;
    private final SecureRandom random = new SecureRandom();

    LdapAccounts(Accounts accounts, AuditLog audit, boolean signUp) {
        this.accounts = accounts;
        this.audit = audit;
        this.signUp = signUp;
    }

    /** The account, created or brought up to date; empty if they may not have one. */
    Optional<User> resolve(LdapIdentity identity, LoginEvents events) {
        try {
            return find(identity, events);
        } catch (AccountConflictException e) {
            return findAgain(identity, events);
        }
    }

    /** After somebody else, or they themselves, did the same at the same moment. */
    private Optional<User> findAgain(LdapIdentity identity, LoginEvents events) {
        try {
            return find(identity, events);
        } catch (AccountConflictException e) {
            log.warn("The account of the person who logs in cannot be had: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<User> find(LdapIdentity identity, LoginEvents events) {
        Optional<User> known = identity.uniqueId().flatMap(accounts::findByLdap);
        if (known.isPresent()) {
            return Optional.of(update(known.get(), identity, events));
        }
        Optional<User> owner = identity.email().flatMap(accounts::findByEmail);
        if (owner.isPresent()) {
            return owner.filter(user -> isTheirs(user, identity))
                    .map(user -> update(user, identity, events));
        }
        return signUp ? Optional.of(create(identity, events)) : Optional.empty();
    }

    /**
     * An address alone proves nothing: it may belong to another kind of account, or be recycled.
     */
    private static boolean isTheirs(User owner, LdapIdentity identity) {
        boolean theirs =
                owner.authMethod() == AuthMethod.LDAP
                        && identity.email()
                                .filter(told -> AccountNames.isAddress(owner.email(), told))
                                .isPresent()
                        && (owner.ldapUniqueId() == null
                                || identity.uniqueId().isEmpty()
                                // Who was created while this log-in looked for them.
                                || owner.ldapUniqueId().equals(identity.uniqueId().get()));
        if (!theirs) {
            log.warn(
                    "The address of the person who logs in belongs to user {}, who is somebody"
                            + " else",
                    owner.id());
        }
        return theirs;
    }

    private User update(User user, LdapIdentity identity, LoginEvents events) {
        AccountChange change = AccountChange.NONE;
        Role role = role(identity);
        // Only what differs: a role that is set ends the sessions of others.
        if (role != user.role()) {
            change = change.withRole(role);
        }
        if (user.ldapUniqueId() == null && identity.uniqueId().isPresent()) {
            change = change.withLdap(identity.uniqueId().get());
        }
        Optional<String> email = identity.email().map(AccountNames::email);
        if (email.isPresent() && !Objects.equals(email.get(), user.email())) {
            if (accounts.findByEmail(email.get()).isEmpty()) {
                change = change.withEmail(email.get());
            } else {
                log.warn("The new address of user {} belongs to another account", user.id());
            }
        }
        if (change.equals(AccountChange.NONE)) {
            return user;
        }
        AuditEvent event = events.changed(user, change);
        return accounts.change(
                user.id(), change, (transaction, _) -> audit.record(transaction, event));
    }

    private User create(LdapIdentity identity, LoginEvents events) {
        return FreeName.create(
                accounts,
                identity.displayName(),
                name -> "%s (%06x)".formatted(name, random.nextInt(1 << 24)),
                username ->
                        NewUser.ldap(
                                role(identity),
                                username,
                                identity.email().map(AccountNames::email).orElse(null),
                                identity.uniqueId().orElse(null)),
                (transaction, user) -> audit.record(transaction, events.created(user)));
    }

    private static Role role(LdapIdentity identity) {
        return Role.valueOf(identity.role().name());
    }
}
