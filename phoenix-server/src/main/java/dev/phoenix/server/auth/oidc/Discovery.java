package dev.phoenix.server.auth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.phoenix.server.settings.IdentityProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider tells about itself, and how its tokens are checked.
 *
 * @param userInfo null where there is no such endpoint
 */
record Discovery(URI authorization, URI token, @Nullable URI userInfo, IdTokens tokens) {

    private static final Duration KEYS_LIVE = Duration.ofMinutes(10);
    private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration BETWEEN_KEY_REQUESTS = Duration.ofMinutes(1);
    private static final int SKEW_SECONDS = 60;

    /** Signatures that only the provider can make: never those with a shared secret, or none. */
    private static final Set<JWSAlgorithm> ACCEPTED =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512,
                    JWSAlgorithm.EdDSA,
                    JWSAlgorithm.Ed25519);

    static Discovery of(IdentityProvider provider, ProviderHttp http) throws LoginFailure {
        try {
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.parse(http.get(provider.discovery()));
            String issuer = metadata.getIssuer().getValue();
            if (!provider.discovery().toString().startsWith(issuer)) {
                throw new LoginFailure(
                        LoginError.AUTH_FAILED,
                        "the discovery document is one of another issuer than its address says");
            }
            URI keys = checked(provider, metadata.getJWKSetURI());
            return new Discovery(
                    checked(provider, metadata.getAuthorizationEndpointURI()),
                    checked(provider, metadata.getTokenEndpointURI()),
                    metadata.getUserInfoEndpointURI() == null
                            ? null
                            : checked(provider, metadata.getUserInfoEndpointURI()),
                    validator(provider, metadata, keys, http));
        } catch (IOException e) {
            throw new LoginFailure(LoginError.AUTH_FAILED, "the provider does not answer", e);
        } catch (ParseException e) {
            throw new LoginFailure(
                    LoginError.NO_OIDC_SUPPORT, "the discovery document is incomplete", e);
        }
    }

    private static URI checked(IdentityProvider provider, @Nullable URI endpoint)
            throws LoginFailure {
        if (endpoint == null) {
            throw new LoginFailure(LoginError.NO_OIDC_SUPPORT, "an endpoint is missing");
        }
        boolean safe =
                "https".equalsIgnoreCase(endpoint.getScheme())
                        || ("http".equalsIgnoreCase(endpoint.getScheme())
                                && "http".equalsIgnoreCase(provider.discovery().getScheme())
                                && provider.discovery().getHost().equals(endpoint.getHost()));
        if (!safe) {
            throw new LoginFailure(LoginError.AUTH_FAILED, "an endpoint is not encrypted");
        }
        return endpoint;
    }

    private static IdTokens validator(
            IdentityProvider provider, OIDCProviderMetadata metadata, URI keys, ProviderHttp http)
            throws LoginFailure {
        try {
            JWKSource<SecurityContext> source =
                    JWKSourceBuilder.<SecurityContext>create(keys.toURL(), http)
                            .cache(KEYS_LIVE.toMillis(), KEYS_TIMEOUT.toMillis())
                            .refreshAheadCache(false)
                            .rateLimited(BETWEEN_KEY_REQUESTS.toMillis())
                            .build();
            Set<JWSAlgorithm> accepted = algorithms(metadata);
            IDTokenValidator validator =
                    new IDTokenValidator(
                            metadata.getIssuer(),
                            new ClientID(provider.clientId()),
                            new JWSVerificationKeySelector<>(accepted, source),
                            null);
            validator.setMaxClockSkew(SKEW_SECONDS);
            return new IdTokens(validator, new EdwardsSignature(source), accepted);
        } catch (MalformedURLException e) {
            throw new LoginFailure(LoginError.NO_OIDC_SUPPORT, "the keys have no address", e);
        }
    }

    private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) {
        List<JWSAlgorithm> offered = metadata.getIDTokenJWSAlgs();
        Set<JWSAlgorithm> algorithms = new HashSet<>(offered == null ? List.of() : offered);
        algorithms.retainAll(ACCEPTED);
        return algorithms.isEmpty() ? Set.of(JWSAlgorithm.RS256) : algorithms;
    }
}
