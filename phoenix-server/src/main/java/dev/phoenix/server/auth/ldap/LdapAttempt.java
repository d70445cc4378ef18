package dev.phoenix.server.auth.ldap;

import com.unboundid.ldap.sdk.LDAPBindException;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.phoenix.server.auth.account.AccountNames;
import dev.phoenix.server.auth.ldap.LdapAnswer.Accepted;
import dev.phoenix.server.auth.ldap.LdapAnswer.Refused;
import dev.phoenix.server.auth.ldap.LdapAnswer.Unavailable;
import dev.phoenix.server.settings.AssignableRole;
import dev.phoenix.server.settings.LdapSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One name and password, asked of one server after the other until one answers. The log gets the
 * kind of a failure only: what the directory says may hold names and passwords.
 */
final class LdapAttempt implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LdapAttempt.class);

    /** The connection, not the question, is what failed: another server may know the answer. */
    private static final Set<ResultCode> OUTAGES =
            Set.of(
                    ResultCode.CONNECT_ERROR,
                    ResultCode.SERVER_DOWN,
                    ResultCode.TIMEOUT,
                    ResultCode.UNAVAILABLE,
                    ResultCode.BUSY,
                    ResultCode.DECODING_ERROR,
                    ResultCode.LOCAL_ERROR);

    /** The password was not looked at. */
    private static final Set<ResultCode> NOT_ASKED =
            Set.of(ResultCode.CONFIDENTIALITY_REQUIRED, ResultCode.STRONG_AUTH_REQUIRED);

    private final LdapSettings settings;
    private final LdapServers servers;
    private final LdapSearch search;
    private final GroupRoles roles;
    private final Guesses guesses;
    private final ConcurrentLinkedQueue<LDAPConnection> open = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    LdapAttempt(
            LdapSettings settings,
            LdapServers servers,
            LdapSearch search,
            GroupRoles roles,
            Guesses guesses) {
        this.settings = settings;
        this.servers = servers;
        this.search = search;
        this.roles = roles;
        this.guesses = guesses;
    }

    LdapAnswer ask(String username, String password) {
        for (String host : servers.hosts()) {
            try {
                return ask(host, username, password);
            } catch (LDAPException e) {
                log.warn("Directory {} failed: {}", host, e.getResultCode().getName());
                if (closed.get() || !OUTAGES.contains(e.getResultCode())) {
                    return new Unavailable();
                }
            } finally {
                closeConnections();
            }
        }
        return new Unavailable();
    }

    private LdapAnswer ask(String host, String username, String password) throws LDAPException {
        LDAPConnection service = connect(host);
        if (settings.bind().isPresent()) {
            service.bind(settings.bind().get().dn(), settings.bind().get().password().reveal());
        }
        Optional<SearchResultEntry> found;
        try {
            found = search.user(service, username);
        } catch (LdapSearch.AmbiguousName e) {
            log.warn("Directory {} knows more than one by the same name: nobody is let in", host);
            return new Refused();
        }
        if (found.isEmpty()) {
            bind(host, nobody(), password);
            return new Refused();
        }
        String dn = found.get().getDN();
        String entry = found.get().getParsedDN().toNormalizedString();
        if (!guesses.isRight(entry, () -> bind(host, dn, password))) {
            return new Refused();
        }
        List<String> groups = search.groups(service, found.get(), username);
        Optional<AssignableRole> role = roles.of(groups);
        if (role.isEmpty()) {
            log.info("Directory {}: no group of the person who logs in is mapped to a role", host);
            return new Refused();
        }
        return identity(found.get(), username, role.get());
    }

    private LdapAnswer identity(SearchResultEntry user, String username, AssignableRole role) {
        Optional<String> email = settings.users().email().map(attribute -> text(user, attribute));
        Optional<String> id = settings.users().uniqueId().map(attribute -> id(user, attribute));
        if (email.filter(address -> !AccountNames.isEmail(address)).isPresent()) {
            return missing(settings.users().email().orElseThrow());
        }
        if (id.filter(String::isEmpty).isPresent()) {
            return missing(settings.users().uniqueId().orElseThrow());
        }
        return new Accepted(
                new LdapIdentity(
                        email,
                        AccountNames.username(text(user, settings.users().displayName()))
                                .or(() -> AccountNames.username(username))
                                .orElse(username),
                        id,
                        role));
    }

    private static LdapAnswer missing(String attribute) {
        log.warn(
                "The directory has no usable {} of the person who logs in, who is therefore"
                        + " refused",
                attribute);
        return new Refused();
    }

    private static String text(SearchResultEntry user, String attribute) {
        String value = user.getAttributeValue(attribute);
        return value == null ? "" : value.strip();
    }

    private static String id(SearchResultEntry user, String attribute) {
        byte[] value = user.getAttributeValueBytes(attribute);
        return value == null ? "" : UniqueId.decode(attribute, value);
    }

    /** Asking for a stranger must take as long as asking for somebody known. */
    private String nobody() {
        return "cn=%s,%s".formatted(UUID.randomUUID(), settings.users().bases().getFirst());
    }

    private boolean bind(String host, String dn, String password) throws LDAPException {
        LDAPConnection own = connect(host);
        try {
            ResultCode result = own.bind(new SimpleBindRequest(dn, password)).getResultCode();
            return result.equals(ResultCode.SUCCESS);
        } catch (LDAPBindException e) {
            if (OUTAGES.contains(e.getResultCode()) || NOT_ASKED.contains(e.getResultCode())) {
                throw e;
            }
            return false;
        }
    }

    private LDAPConnection connect(String host) throws LDAPException {
        LDAPConnection connection = servers.connect(host);
        open.add(connection);
        if (closed.get()) {
            closeConnections();
        }
        return connection;
    }

    private void closeConnections() {
        for (LDAPConnection next = open.poll(); next != null; next = open.poll()) {
            next.close();
        }
    }

    /** Ends it from another thread: whoever waits for an answer stops waiting. */
    @Override
    public void close() {
        closed.set(true);
        closeConnections();
    }
}
