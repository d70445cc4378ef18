package dev.phoenix.server.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.phoenix.server.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a provider may say, and what is not believed. */
class IdTokenTest {

    private static final URI CALLBACK = URI.create("http://localhost/oauth2/fake/tokens");

    private final FakeProvider provider = FakeProvider.start();
    private final ProviderHttp http = new ProviderHttp();
    private final OidcClient client = client(provider.issuer());

    @AfterEach
    void stop() {
        http.close();
        provider.close();
    }

    @Test
    void honestToken_isBelieved() throws Exception {
        assertThat(identity())
                .isEqualTo(
                        new ProviderIdentity(
                                FakeProvider.CLIENT,
                                "somebody",
                                "somebody@example.com",
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void numericSubject_isAText() throws Exception {
        provider.claims = claims -> claims.claim("sub", 12345);
        assertThat(identity().userId()).isEqualTo("12345");
    }

    @Test
    void wrongClaims_areRefused() {
        Instant now = Instant.now();
        List<UnaryOperator<JWTClaimsSet.Builder>> lies =
                List.of(
                        claims -> claims.issuer("https://evil.example"),
                        claims -> claims.audience("another"),
                        claims -> claims.audience(List.of(FakeProvider.CLIENT, "another")),
                        claims ->
                                claims.audience(List.of(FakeProvider.CLIENT, "another"))
                                        .claim("azp", "another"),
                        claims -> claims.claim("nonce", "another"),
                        claims -> claims.claim("nonce", null),
                        claims -> claims.expirationTime(Date.from(now.minusSeconds(120))),
                        claims -> claims.issueTime(Date.from(now.plusSeconds(120))),
                        claims -> claims.subject(null),
                        claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"));
        for (int i = 0; i < lies.size(); i++) {
            provider.claims = lies.get(i);
            assertThatThrownBy(this::identity, "lie %d", i)
                    .isInstanceOfSatisfying(
                            LoginFailure.class,
                            failure ->
                                    assertThat(failure.error()).isEqualTo(LoginError.AUTH_FAILED));
        }
    }

    @Test
    void signatureOfTheSharedSecretOrNone_isRefusedEvenIfAdvertised() {
        provider.signer = IdTokenTest::signedWithTheSharedSecret;
        assertRefused(LoginError.AUTH_FAILED);
        provider.signer = claims -> new PlainJWT(claims).serialize();
        assertRefused(LoginError.AUTH_FAILED);
    }

    @Test
    void signatureOnACurve_isBelievedIfItIsTheProvidersAndAdvertised() throws Exception {
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ECKey p521 = new ECKeyGenerator(Curve.P_521).keyID("p521").generate();
        provider.keys = List.of(publicJwk(edwards, "edwards"), p521.toPublicJWK().toJSONObject());
        provider.discovery =
                Map.of("id_token_signing_alg_values_supported", List.of("EdDSA", "ES512"));
        provider.signer = claims -> signedByEdwards(claims, edwards, "edwards");
        assertThat(identity().userId()).isEqualTo("somebody");
        provider.signer = claims -> signedByCurve(claims, p521);
        assertThat(identity().userId()).isEqualTo("somebody");
        KeyPair another = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        provider.signer = claims -> signedByEdwards(claims, another, "edwards");
        assertRefused(LoginError.AUTH_FAILED);
        provider.signer = claims -> signedByEdwards(claims, edwards, "edwards");
        provider.claims = claims -> claims.claim("nonce", "another");
        assertRefused(LoginError.AUTH_FAILED);
        provider.claims = claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA");
        assertRefused(LoginError.AUTH_FAILED);
    }

    @Test
    void signatureOnACurveThatIsNotAdvertised_isRefused() throws Exception {
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        provider.keys = List.of(publicJwk(edwards, "edwards"));
        provider.signer = claims -> signedByEdwards(claims, edwards, "edwards");
        assertRefused(LoginError.AUTH_FAILED);
    }

    @Test
    void unknownKeys_doNotMakeAStormOfRequests() throws Exception {
        var other = new RSAKeyGenerator(2048).generate();
        for (int i = 0; i < 20; i++) {
            String keyId = "unknown-" + i;
            provider.signer = claims -> FakeProvider.sign(claims, other, keyId);
            assertRefused(LoginError.AUTH_FAILED);
        }
        assertThat(provider.keyRequests.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void userInfo_fillsGapsAndNeverOverrules() throws Exception {
        provider.claims = claims -> claims.claim("email", null).claim("name", "Token");
        provider.userInfo = Map.of("sub", "somebody", "email", "more@example.com", "name", "More");
        assertThat(identity().email()).isEqualTo("more@example.com");
        assertThat(identity().name()).hasValue("Token");
        provider.userInfo = Map.of("sub", "other", "email", "more@example.com");
        assertRefused(LoginError.AUTH_FAILED);
        provider.userInfo = Map.of("sub", "somebody");
        assertRefused(LoginError.MISSING_EMAIL_SCOPE);
    }

    @Test
    void picture_isShownOverHttpsOnly() throws Exception {
        provider.claims = claims -> claims.claim("picture", "http://x.y/z.png");
        assertThat(identity().picture()).isEmpty();
        provider.claims = claims -> claims.claim("picture", "javascript:alert(1)");
        assertThat(identity().picture()).isEmpty();
    }

    @Test
    void discoveryOfAnotherIssuer_isRefused() {
        provider.discovery = Map.of("issuer", "https://evil.example");
        assertRefused(LoginError.AUTH_FAILED);
    }

    @Test
    void unencryptedEndpoint_isRefused() {
        provider.discovery = Map.of("token_endpoint", "http://evil.example/token");
        assertRefused(LoginError.AUTH_FAILED);
    }

    @Test
    void incompleteDiscovery_isNoOpenIdConnect() {
        provider.discovery = Map.of("jwks_uri", 1);
        assertRefused(LoginError.NO_OIDC_SUPPORT);
    }

    private ProviderIdentity identity() throws LoginFailure {
        provider.nonce = "the-nonce";
        return client.identity("code", CALLBACK, "the-nonce", Optional.empty());
    }

    private void assertRefused(LoginError error) {
        assertThatThrownBy(this::identity)
                .isInstanceOfSatisfying(
                        LoginFailure.class,
                        failure -> assertThat(failure.error()).isEqualTo(error));
    }

    private OidcClient client(String issuer) {
        var settings =
                Settings.load(
                        Map.of(
                                "PHOENIX_OAUTH2_FAKE_CLIENT_ID", FakeProvider.CLIENT,
                                "PHOENIX_OAUTH2_FAKE_CLIENT_SECRET", FakeProvider.SECRET,
                                "PHOENIX_OAUTH2_FAKE_OIDC_CONFIG_URL",
                                        issuer + "/.well-known/openid-configuration"));
        return new OidcClient(settings.oidc().providers().getFirst(), http, InstantSource.system());
    }

    private static Map<String, Object> publicJwk(KeyPair keys, String id) {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .keyID(id)
                .build()
                .toJSONObject();
    }

    private static String signedByEdwards(JWTClaimsSet claims, KeyPair keys, String id) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID(id).build();
            SignedJWT unsigned = new SignedJWT(header, claims);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(unsigned.getSigningInput());
            return new String(unsigned.getSigningInput(), StandardCharsets.US_ASCII)
                    + "."
                    + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedByCurve(JWTClaimsSet claims, ECKey key) {
        try {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES512).keyID(key.getKeyID()).build();
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedWithTheSharedSecret(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(FakeProvider.SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
