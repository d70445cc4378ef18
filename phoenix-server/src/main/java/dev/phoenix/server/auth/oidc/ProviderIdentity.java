package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.auth.Role;
import java.util.Optional;

/**
 * Somebody a provider vouches for.
 *
 * @param clientId of this server at the provider, which tells providers apart
 * @param userId never given to anybody else there
 * @param emailIsTheirs unless the provider says that it did not check
 * @param role empty where the provider does not tell
 */
record ProviderIdentity(
        String clientId,
        String userId,
        String email,
        boolean emailIsTheirs,
        Optional<String> name,
        Optional<String> picture,
        Optional<Role> role) {}
