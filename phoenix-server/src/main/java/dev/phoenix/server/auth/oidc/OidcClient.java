package dev.phoenix.server.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.phoenix.server.settings.IdentityProvider;
import dev.phoenix.server.settings.IdentityProvider.ClientProof;
import dev.phoenix.server.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Speaks OpenID Connect with one provider. */
final class OidcClient {

    private static final Duration DISCOVERY_LIVES = Duration.ofMinutes(10);
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final IdentityProvider provider;
    private final Claims claims;
    private final ProviderHttp http;
    private final InstantSource clock;
    private final ReentrantLock discovering = new ReentrantLock();
    private @Nullable Discovery discovery;
    private Instant discoveryExpires = Instant.EPOCH;

    OidcClient(IdentityProvider provider, ProviderHttp http, InstantSource clock) {
        this.provider = provider;
        this.claims = new Claims(provider);
        this.http = http;
        this.clock = clock;
    }

    IdentityProvider provider() {
        return provider;
    }

    /** Where the browser is sent to log in. */
    URI loginUri(URI callback, String state, String nonce, Optional<String> verifier)
            throws LoginFailure {
        AuthenticationRequest.Builder request =
                new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                Scope.parse(provider.scopes()),
                                new ClientID(provider.clientId()),
                                callback)
                        .endpointURI(discovery().authorization())
                        .state(new State(state))
                        .nonce(new Nonce(nonce));
        verifier.ifPresent(
                value -> request.codeChallenge(new CodeVerifier(value), CodeChallengeMethod.S256));
        return request.build().toURI();
    }

    /** Who the provider says has logged in, for the code it gave the browser. */
    ProviderIdentity identity(String code, URI callback, String nonce, Optional<String> verifier)
            throws LoginFailure {
        Map<String, Object> answer = redeem(code, callback, verifier);
        if (!(answer.get("id_token") instanceof String idToken)) {
            throw new LoginFailure(LoginError.NO_OIDC_SUPPORT, "the answer has no ID token");
        }
        String accessToken = answer.get("access_token") instanceof String token ? token : "";
        Map<String, Object> told = validate(idToken, accessToken, nonce);
        URI userInfo = discovery().userInfo();
        if (userInfo != null && !accessToken.isEmpty() && claims.areIncomplete(told)) {
            told = Claims.merge(told, userInfo(userInfo, accessToken, told.get("sub")));
        }
        return claims.identity(told);
    }

    private Map<String, Object> redeem(String code, URI callback, Optional<String> verifier)
            throws LoginFailure {
        try {
            TokenRequest request =
                    tokenRequest(
                            new AuthorizationCodeGrant(
                                    new AuthorizationCode(code),
                                    callback,
                                    verifier.map(CodeVerifier::new).orElse(null)));
            HTTPResponse answer = request.toHTTPRequest().send(http);
            answer.ensureStatusCode(HTTPResponse.SC_OK);
            return answer.getBodyAsJSONObject();
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new LoginFailure(LoginError.AUTH_FAILED, "the code was not redeemed", e);
        }
    }

    private TokenRequest tokenRequest(AuthorizationCodeGrant grant) throws LoginFailure {
        URI endpoint = discovery().token();
        ClientID id = new ClientID(provider.clientId());
        return switch (provider.proof()) {
            case ClientProof.SecretInHeader(Secret secret) ->
                    new TokenRequest.Builder(
                                    endpoint, new ClientSecretBasic(id, oauth(secret)), grant)
                            .build();
            case ClientProof.SecretInBody(Secret secret) ->
                    new TokenRequest.Builder(
                                    endpoint, new ClientSecretPost(id, oauth(secret)), grant)
                            .build();
            case ClientProof.Nothing() -> new TokenRequest.Builder(endpoint, id, grant).build();
            case ClientProof.AssertionFile(Secret file) ->
                    new TokenRequest.Builder(endpoint, id, grant)
                            .customParameter("client_assertion_type", ASSERTION_TYPE)
                            .customParameter("client_assertion", AssertionFile.read(file))
                            .build();
        };
    }

    private static com.nimbusds.oauth2.sdk.auth.Secret oauth(Secret secret) {
        return new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
    }

    private Map<String, Object> validate(String idToken, String accessToken, String nonce)
            throws LoginFailure {
        try {
            JWT token = JWTParser.parse(idToken);
            IDTokenClaimsSet valid = discovery().tokens().validate(token, new Nonce(nonce));
            if (!isForUs(valid)) {
                throw new LoginFailure(
                        LoginError.AUTH_FAILED, "the ID token was issued to another client");
            }
            if (valid.getAccessTokenHash() != null
                    && !IdTokens.belongs(accessToken, token, valid.getAccessTokenHash())) {
                throw new LoginFailure(
                        LoginError.AUTH_FAILED, "the ID token belongs to another access token");
            }
            return valid.toJSONObject();
        } catch (java.text.ParseException
                | BadJOSEException
                | JOSEException
                | IllegalArgumentException e) {
            throw new LoginFailure(LoginError.AUTH_FAILED, "the ID token is not valid", e);
        }
    }

    /** The library looks at the audience; who of several asked for the token is left to us. */
    private boolean isForUs(IDTokenClaimsSet token) {
        return token.getAuthorizedParty() == null
                ? token.getAudience().size() == 1
                : token.getAuthorizedParty().getValue().equals(provider.clientId());
    }

    private Map<String, Object> userInfo(URI endpoint, String accessToken, @Nullable Object subject)
            throws LoginFailure {
        try {
            HTTPResponse answer =
                    new UserInfoRequest(endpoint, new BearerAccessToken(accessToken))
                            .toHTTPRequest()
                            .send(http);
            answer.ensureStatusCode(HTTPResponse.SC_OK);
            Map<String, Object> told = answer.getBodyAsJSONObject();
            if (!String.valueOf(told.get("sub")).equals(String.valueOf(subject))) {
                throw new LoginFailure(
                        LoginError.AUTH_FAILED, "the user info is about somebody else");
            }
            return told;
        } catch (IOException | ParseException e) {
            throw new LoginFailure(LoginError.AUTH_FAILED, "there is no user info", e);
        }
    }

    private Discovery discovery() throws LoginFailure {
        discovering.lock();
        try {
            Discovery known = discovery;
            if (known == null || !clock.instant().isBefore(discoveryExpires)) {
                known = Discovery.of(provider, http);
                discovery = known;
                discoveryExpires = clock.instant().plus(DISCOVERY_LIVES);
            }
            return known;
        } finally {
            discovering.unlock();
        }
    }
}
