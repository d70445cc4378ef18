package dev.phoenix.server.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** A provider that breaks the rules, one at a time, as a proper one never would. */
final class FakeProvider implements AutoCloseable {

    static final String CLIENT = "phoenix";
    static final String SECRET = "client-secret-0123456789-0123456789";

    private final HttpServer server;
    final RSAKey key;
    final AtomicInteger keyRequests = new AtomicInteger();

    /** What is said about the person who logs in; the nonce is filled in. */
    volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();

    /** Makes the token. */
    volatile Function<JWTClaimsSet, String> signer;

    volatile Map<String, Object> userInfo = Map.of();
    volatile Map<String, Object> discovery = Map.of();
    volatile String nonce = "";

    /** More keys than its own. */
    volatile List<Map<String, Object>> keys = List.of();

    private FakeProvider(HttpServer server, RSAKey key) {
        this.server = server;
        this.key = key;
        this.signer = honest -> sign(honest, key, key.getKeyID());
    }

    static FakeProvider start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var provider =
                    new FakeProvider(server, new RSAKeyGenerator(2048).keyID("one").generate());
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", provider::answer);
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    static String sign(JWTClaimsSet claims, RSAKey key, String keyId) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, Object> body =
                switch (path) {
                    case "/.well-known/openid-configuration" -> document();
                    case "/keys" -> keys();
                    case "/token" -> tokens();
                    case "/userinfo" -> userInfo;
                    default -> Map.of();
                };
        byte[] bytes =
                JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new HashMap<>();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + "/authorize");
        document.put("token_endpoint", issuer() + "/token");
        document.put("userinfo_endpoint", issuer() + "/userinfo");
        document.put("jwks_uri", issuer() + "/keys");
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256", "HS256", "none"));
        document.putAll(discovery);
        return document;
    }

    private Map<String, Object> keys() {
        keyRequests.incrementAndGet();
        List<Map<String, Object>> all = new ArrayList<>(keys);
        all.add(key.toPublicJWK().toJSONObject());
        return Map.of("keys", all);
    }

    private Map<String, Object> tokens() {
        JWTClaimsSet.Builder honest =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("somebody")
                        .audience(CLIENT)
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .claim("nonce", nonce)
                        .claim("email", "somebody@example.com");
        Map<String, Object> answer = new HashMap<>();
        answer.put("access_token", "access");
        answer.put("token_type", "Bearer");
        answer.put("id_token", signer.apply(claims.apply(honest).build()));
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
