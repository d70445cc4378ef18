package dev.phoenix.server.auth.ldap;

import dev.phoenix.server.settings.AssignableRole;
import java.util.Optional;

/**
 * Somebody the directory knows, with the role their groups give them.
 *
 * @param email absent where people have no address
 * @param uniqueId absent where no attribute is configured for it
 */
record LdapIdentity(
        Optional<String> email,
        String displayName,
        Optional<String> uniqueId,
        AssignableRole role) {}
