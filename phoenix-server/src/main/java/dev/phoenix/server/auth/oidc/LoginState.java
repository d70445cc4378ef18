package dev.phoenix.server.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.phoenix.server.auth.browser.ReturnPath;
import dev.phoenix.server.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A log-in under way, as it travels to the provider and back. The browser keeps a copy, so that
 * nobody can be made to finish a log-in that somebody else began.
 *
 * @param provider who was asked; no other may answer
 * @param callback where the answer was asked for
 */
record LoginState(
        String random, String provider, String callback, String returnPath, Instant expires) {

    private static final int LONGEST = 8192;

    String sign(Secret secret) {
        try {
            Map<String, Object> claims = new HashMap<>();
            claims.put("random", random);
            claims.put("idp", provider);
            claims.put("origin_url", callback);
            claims.put("return_url", returnPath);
            claims.put("exp", expires.getEpochSecond());
            JWSObject signed =
                    new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
            signed.sign(new MACSigner(bytes(secret.reveal())));
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("every secret is long enough", e);
        }
    }

    /** The state of the answer, if it is that of this browser and of this provider. */
    static LoginState verify(
            String state, String cookie, String provider, Secret secret, Instant now)
            throws LoginFailure {
        if (state.length() > LONGEST || !MessageDigest.isEqual(bytes(state), bytes(cookie))) {
            throw invalid("the state is not the one of this browser");
        }
        try {
            JWSObject signed = JWSObject.parse(state);
            boolean genuine =
                    JWSAlgorithm.HS256.equals(signed.getHeader().getAlgorithm())
                            && signed.verify(new MACVerifier(bytes(secret.reveal())));
            Map<String, Object> claims = genuine ? signed.getPayload().toJSONObject() : null;
            if (claims == null) {
                throw invalid("the state has no valid signature");
            }
            LoginState verified = parse(claims);
            if (!verified.provider.equals(provider) || !now.isBefore(verified.expires)) {
                throw invalid("the state is of another provider, or expired");
            }
            return verified;
        } catch (ParseException | JOSEException e) {
            throw invalid("the state cannot be read");
        }
    }

    private static LoginState parse(Map<String, Object> claims) throws LoginFailure {
        if (claims.get("random") instanceof String random
                && claims.get("idp") instanceof String provider
                && claims.get("origin_url") instanceof String callback
                && claims.get("return_url") instanceof String back
                && claims.get("exp") instanceof Number expires) {
            return new LoginState(
                    random,
                    provider,
                    callback,
                    ReturnPath.checked(back),
                    Instant.ofEpochSecond(expires.longValue()));
        }
        throw invalid("the state is incomplete");
    }

    private static LoginFailure invalid(String message) {
        return new LoginFailure(LoginError.INVALID_STATE, message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
