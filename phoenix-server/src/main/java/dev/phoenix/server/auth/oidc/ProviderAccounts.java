package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.AccountChange;
import dev.phoenix.server.auth.account.AccountConflictException;
import dev.phoenix.server.auth.account.AccountConflictException.Field;
import dev.phoenix.server.auth.account.AccountNames;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.FreeName;
import dev.phoenix.server.auth.account.LoginEvents;
import dev.phoenix.server.auth.account.NewUser;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.settings.IdentityProvider;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Whose account it is when a provider vouches for somebody. */
@Service
class ProviderAccounts {

    private static final Logger log = LoggerFactory.getLogger(ProviderAccounts.class);

    private final Accounts accounts;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();

    ProviderAccounts(Accounts accounts, AuditLog audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /** The account, created or brought up to date. */
    User resolve(IdentityProvider provider, ProviderIdentity identity, LoginEvents events)
            throws LoginFailure {
        try {
            return find(provider, identity, events);
        } catch (AccountConflictException e) {
            return findAgain(provider, identity, events);
        }
    }

    /** After somebody else, or they themselves, did the same at the same moment. */
    private User findAgain(IdentityProvider provider, ProviderIdentity identity, LoginEvents events)
            throws LoginFailure {
        try {
            return find(provider, identity, events);
        } catch (AccountConflictException e) {
            throw new LoginFailure(
                    e.field() == Field.USERNAME ? LoginError.AUTH_FAILED : LoginError.EMAIL_IN_USE,
                    "the account cannot be had: its name, address or id is taken again and again",
                    e);
        }
    }

    private User find(IdentityProvider provider, ProviderIdentity identity, LoginEvents events)
            throws LoginFailure {
        Optional<User> known = accounts.findByOauth2(identity.clientId(), identity.userId());
        if (known.isPresent()) {
            return update(provider, known.get(), identity, AccountChange.NONE, events);
        }
        Optional<User> owner = accounts.findByEmail(identity.email());
        if (owner.isPresent()) {
            requireUnbound(provider, owner.get(), identity);
            return update(
                    provider,
                    owner.get(),
                    identity,
                    AccountChange.NONE.withOauth2(identity.clientId(), identity.userId()),
                    events);
        }
        if (!provider.signUp()) {
            throw new LoginFailure(
                    LoginError.SIGN_IN_NOT_ALLOWED, "there is no account and none is created");
        }
        return create(identity, events);
    }

    /**
     * An address alone binds an account that waits for its first log-in, and nothing else: another
     * provider, or another person with a recycled address, would get what is not theirs.
     */
    private static void requireUnbound(
            IdentityProvider provider, User owner, ProviderIdentity identity) throws LoginFailure {
        boolean waits =
                owner.authMethod() == AuthMethod.OAUTH2
                        && AccountNames.isAddress(owner.email(), identity.email())
                        && owner.oauth2UserId() == null
                        && (owner.oauth2ClientId() == null
                                || owner.oauth2ClientId().equals(identity.clientId()));
        if (!waits) {
            throw new LoginFailure(
                    provider.signUp() ? LoginError.EMAIL_IN_USE : LoginError.SIGN_IN_NOT_ALLOWED,
                    "the address belongs to an account of another kind, provider or person");
        }
        if (!identity.emailIsTheirs()) {
            throw new LoginFailure(
                    LoginError.SIGN_IN_NOT_ALLOWED, "the provider has not verified the address");
        }
    }

    private User update(
            IdentityProvider provider,
            User user,
            ProviderIdentity identity,
            AccountChange begun,
            LoginEvents events) {
        AccountChange change = begun;
        boolean resync = provider.roles().filter(IdentityProvider.Roles::resync).isPresent();
        Optional<Role> role = identity.role().filter(_ -> resync);
        // Only what differs: a role that is set ends the sessions of others.
        if (role.isPresent() && role.get() != user.role()) {
            change = change.withRole(role.get());
        }
        if (identity.picture().isPresent()
                && !identity.picture().get().equals(user.profilePictureUrl())) {
            change = change.withProfilePicture(identity.picture().get());
        }
        String email = AccountNames.email(identity.email());
        if (identity.emailIsTheirs() && !email.equals(user.email())) {
            if (accounts.findByEmail(email).filter(other -> other.id() != user.id()).isEmpty()) {
                change = change.withEmail(email);
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

    private User create(ProviderIdentity identity, LoginEvents events) {
        String email = AccountNames.email(identity.email());
        return FreeName.create(
                accounts,
                identity.name().orElseGet(() -> email.replaceFirst("@.*", "")),
                name -> "%s-%05d".formatted(name, random.nextInt(100_000)),
                username ->
                        NewUser.oauth2(
                                identity.role().orElse(Role.VIEWER),
                                username,
                                email,
                                identity.clientId(),
                                identity.userId(),
                                identity.picture().orElse(null)),
                (transaction, user) -> audit.record(transaction, events.created(user)));
    }
}
