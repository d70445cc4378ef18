package dev.phoenix.server.settings;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenID Connect provider people log in with.
 *
 * @param name of its addresses here, in lower case
 * @param displayName on the button that leads there
 * @param discovery where it tells about itself
 * @param signUp whether somebody who was never here before gets an account
 * @param autoLogin whether people are sent there unasked, where they have no other choice
 * @param pkce whether a code is worth nothing without the secret of the browser that asked for it
 * @param emailPath where its claims hold the address
 */
public record IdentityProvider(
        String name,
        String displayName,
        String clientId,
        ClientProof proof,
        URI discovery,
        boolean signUp,
        boolean autoLogin,
        boolean pkce,
        List<String> scopes,
        String emailPath,
        Optional<Groups> groups,
        Optional<Roles> roles) {

    /** How this server shows the provider who it is. */
    public sealed interface ClientProof {

        /** In a header. */
        record SecretInHeader(Secret secret) implements ClientProof {}

        /** In the body. */
        record SecretInBody(Secret secret) implements ClientProof {}

        /** Not at all. */
        record Nothing() implements ClientProof {}

        /**
         * By a token that somebody else keeps fresh in a file.
         *
         * @param file its path, which is a secret because it may come from a variable of others
         */
        record AssertionFile(Secret file) implements ClientProof {}
    }

    /** Only members of one of the allowed groups get in. */
    public record Groups(String path, List<String> allowed) {}

    /**
     * What the provider says about roles.
     *
     * @param mapping empty if it uses our names
     * @param strict refuses whom it gives no role; otherwise they are viewers
     * @param resync at each log-in, instead of the first one only
     */
    public record Roles(
            String path, Map<String, AssignableRole> mapping, boolean strict, boolean resync) {}
}
