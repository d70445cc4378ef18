package dev.phoenix.server.auth.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.phoenix.server.settings.LdapSettings;
import dev.phoenix.server.settings.LdapSettings.Groups;
import dev.phoenix.server.settings.LdapSettings.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds people and their groups. */
final class LdapSearch {

    private static final int PAGE = 500;

    /** Nobody is in more groups; a directory that keeps sending is not believed. */
    private static final int MOST_GROUPS = 50_000;

    private final Users users;
    private final Optional<Groups> groups;

    LdapSearch(LdapSettings settings) {
        this.users = settings.users();
        this.groups = settings.groups();
    }

    /** Whom a name stands for: the only one in the first base that has one. */
    Optional<SearchResultEntry> user(LDAPConnection connection, String username)
            throws LDAPException, AmbiguousName {
        for (String base : users.bases()) {
            List<SearchResultEntry> found = users(connection, base, username);
            if (found.size() > 1) {
                throw new AmbiguousName();
            }
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return Optional.empty();
    }

    private List<SearchResultEntry> users(LDAPConnection connection, String base, String username)
            throws LDAPException, AmbiguousName {
        SearchRequest request =
                new SearchRequest(
                        base, SearchScope.SUB, filter(users.filter(), username), attributes());
        request.setSizeLimit(2);
        try {
            return entries(connection.search(request));
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                throw new AmbiguousName();
            }
            if (e.getResultCode().equals(ResultCode.REFERRAL)) {
                return List.of();
            }
            throw e;
        }
    }

    private String[] attributes() {
        Stream<String> always = Stream.of(users.displayName(), users.memberOf());
        Stream<Optional<String>> configured =
                Stream.of(users.email(), users.uniqueId(), groups.flatMap(Groups::userAttribute));
        return Stream.concat(always, configured.flatMap(Optional::stream)).toArray(String[]::new);
    }

    /**
     * All groups of somebody.
     *
     * @throws LDAPException also when some of them may be missing: the rest would give another role
     */
    List<String> groups(LDAPConnection connection, SearchResultEntry user, String username)
            throws LDAPException {
        if (groups.isEmpty()) {
            return memberOf(user);
        }
        Optional<String> name = memberName(groups.get(), user, username);
        List<String> found = new ArrayList<>();
        if (name.isPresent()) {
            for (String base : groups.get().bases()) {
                addAll(found, connection, base, filter(groups.get().filter(), name.get()));
            }
        }
        return found;
    }

    private List<String> memberOf(SearchResultEntry user) throws LDAPException {
        for (Attribute attribute : user.getAttributes()) {
            // Active Directory sends long lists in parts that have to be asked for.
            boolean part = attribute.getOptions().stream().anyMatch(o -> o.startsWith("range="));
            if (part && attribute.getBaseName().equalsIgnoreCase(users.memberOf())) {
                throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED);
            }
        }
        String[] values = user.getAttributeValues(users.memberOf());
        return values == null ? List.of() : List.of(values);
    }

    private static Optional<String> memberName(
            Groups groups, SearchResultEntry user, String username) {
        return groups.userAttribute().isPresent()
                ? Optional.ofNullable(user.getAttributeValue(groups.userAttribute().get()))
                : Optional.of(username);
    }

    private static void addAll(
            List<String> found, LDAPConnection connection, String base, Filter filter)
            throws LDAPException {
        @Nullable ASN1OctetString cookie = null;
        do {
            SearchRequest request = new SearchRequest(base, SearchScope.SUB, filter, "1.1");
            request.addControl(new SimplePagedResultsControl(PAGE, cookie));
            SearchResult page = connection.search(request);
            entries(page).forEach(group -> found.add(group.getDN()));
            if (found.size() > MOST_GROUPS) {
                throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED);
            }
            SimplePagedResultsControl next = SimplePagedResultsControl.get(page);
            cookie = next != null && next.moreResultsToReturn() ? next.getCookie() : null;
        } while (cookie != null);
    }

    private static List<SearchResultEntry> entries(SearchResult result) {
        return Objects.requireNonNull(result.getSearchEntries(), "collected without a listener");
    }

    /** What people type is a value, never a part of the filter. */
    private static Filter filter(String template, String value) throws LDAPException {
        return Filter.create(template.replace("%s", Filter.encodeValue(value)));
    }

    /** Two people with one name: neither of them is meant for sure. */
    static final class AmbiguousName extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
