package dev.phoenix.server.auth.token;

import dev.phoenix.server.auth.Authenticator;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells callers by their token: an API key, the access token of a session, or the admin secret. */
@Component
class TokenAuthenticator implements Authenticator {

    private static final String SCHEME = "bearer ";

    private final Tokens tokens;
    private final CredentialCache credentials;
    private final Accounts accounts;
    private final InstantSource clock;
    private final boolean enabled;
    private final byte @Nullable [] adminSecret;
    private volatile @Nullable Principal secretHolder;

    TokenAuthenticator(
            Tokens tokens,
            CredentialCache credentials,
            Accounts accounts,
            InstantSource clock,
            AuthSettings settings) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.accounts = accounts;
        this.clock = clock;
        this.enabled = settings.enabled();
        this.adminSecret =
                settings.adminSecret()
                        .map(Secret::reveal)
                        .map(TokenAuthenticator::bytes)
                        .orElse(null);
    }

    @Override
    public Principal authenticate(@Nullable String authorization, @Nullable String cookie) {
        if (!enabled) {
            return Principal.ANYBODY;
        }
        String token = authorization == null ? cookie : bearer(authorization);
        if (token == null) {
            return Principal.STRANGER;
        }
        if (adminSecret != null && MessageDigest.isEqual(adminSecret, bytes(token))) {
            return secretHolder();
        }
        Instant now = clock.instant();
        Optional<TokenId> id = tokens.read(token).filter(TokenAuthenticator::opensOperations);
        return id.flatMap(known -> credentials.find(known, now))
                .filter(stored -> Tokens.belongs(token, stored.hash()))
                .map(stored -> principal(stored, now))
                .orElse(Principal.STRANGER);
    }

    private static boolean opensOperations(TokenId token) {
        return token.kind() == TokenKind.ACCESS || token.kind() == TokenKind.API_KEY;
    }

    private static Principal principal(StoredCredential stored, Instant now) {
        return stored.expiresNs() <= Nanos.of(now) ? Principal.EXPIRED : stored.principal();
    }

    private static @Nullable String bearer(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String token = bearer ? authorization.substring(SCHEME.length()).strip() : "";
        return token.isEmpty() ? null : token;
    }

    private Principal secretHolder() {
        Principal known = secretHolder;
        if (known == null) {
            User system = accounts.system();
            known =
                    new Principal(
                            system.id(), system.username(), Role.ADMIN, Credential.ADMIN_SECRET, 0);
            secretHolder = known;
        }
        return known;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
