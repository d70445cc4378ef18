package dev.phoenix.server.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.phoenix.server.settings.AssignableRole;
import dev.phoenix.server.settings.LdapSettings;
import dev.phoenix.server.settings.LdapSettings.GroupRole;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which role the groups of somebody give: the first mapping that fits. */
final class GroupRoles {

    private final List<GroupRole> mappings;

    GroupRoles(List<GroupRole> mappings) {
        this.mappings = mappings;
    }

    Optional<AssignableRole> of(Collection<String> groups) {
        Set<String> names =
                groups.stream()
                        .flatMap(group -> canonical(group).stream())
                        .collect(Collectors.toUnmodifiableSet());
        return mappings.stream()
                .filter(
                        mapping ->
                                mapping.groupDn().equals(LdapSettings.EVERYBODY)
                                        || canonical(mapping.groupDn())
                                                .filter(names::contains)
                                                .isPresent())
                .map(GroupRole::role)
                .findFirst();
    }

    /** Case, blanks, escapes and the order within a name do not count. */
    private static Optional<String> canonical(String dn) {
        try {
            return Optional.of(new DN(dn).toNormalizedString());
        } catch (LDAPException e) {
            // Not a name, hence not one of those that give a role.
            return Optional.empty();
        }
    }
}
