package dev.phoenix.server.auth.token;

import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Signs and reads tokens: compact JWS with HS256 and no other algorithm. They name a row, which
 * tells all the rest, and hold some randomness, whose hash is in that row: who learns the secret
 * still cannot make one. Tokens of another product's database come without.
 */
@Component
public class Tokens {

    private static final int LONGEST = 1024;
    private static final int RANDOM_BYTES = 18;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** As we write it; other orders and blanks are other products'. */
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    private static final Pattern FOREIGN_HEADER =
            Pattern.compile(
                    "\\{\\s*(\"typ\"\\s*:\\s*\"JWT\"\\s*,\\s*)?\"alg\"\\s*:\\s*\"HS256\"(\\s*,\\s*\"typ\"\\s*:\\s*\"JWT\")?\\s*}");

    private static final Pattern PAYLOAD =
            Pattern.compile(
                    "\\{\\s*\"jti\"\\s*:\\s*\"(\\w{1,32}):([1-9]\\d{0,17})\"\\s*(,\"rnd\":\"[\\w-]{1,64}\")?}");

    private final SecureRandom random = new SecureRandom();
    private final List<Mac> keys;

    Tokens(AuthSettings settings) {
        this.keys =
                Stream.concat(settings.secret().stream(), settings.previousSecrets().stream())
                        .map(Tokens::key)
                        .toList();
    }

    /** A token for the row of this id, which must be new. */
    public IssuedToken issue(TokenKind kind, long id) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String payload =
                "{\"jti\":\"%s:%d\",\"rnd\":\"%s\"}"
                        .formatted(kind.wireName(), id, BASE64.encodeToString(bytes));
        String signed = HEADER + "." + encode(payload);
        String text = signed + "." + signature(keys.getFirst(), signed);
        return new IssuedToken(Secret.of(text), hash(text));
    }

    /** The row a token names; empty for everything this server did not sign. */
    public Optional<TokenId> read(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (token.length() > LONGEST || first < 1 || last <= first) {
            return Optional.empty();
        }
        String header = token.substring(0, first);
        boolean known = header.equals(HEADER) || isForeign(header);
        return known && isSigned(token, last)
                ? decode(token.substring(first + 1, last)).flatMap(Tokens::id)
                : Optional.empty();
    }

    /** Whether a row with this hash was written for the token; null is the hash of foreign ones. */
    public static boolean belongs(String token, byte @Nullable [] hash) {
        return hash == null || MessageDigest.isEqual(hash, hash(token));
    }

    private boolean isSigned(String token, int last) {
        String signed = token.substring(0, last);
        // As text, because several texts decode to the same bytes.
        byte[] signature = token.substring(last + 1).getBytes(StandardCharsets.UTF_8);
        boolean valid = false;
        for (Mac key : keys) {
            byte[] expected = signature(key, signed).getBytes(StandardCharsets.UTF_8);
            valid |= MessageDigest.isEqual(expected, signature);
        }
        return valid;
    }

    private static boolean isForeign(String header) {
        return decode(header).filter(json -> FOREIGN_HEADER.matcher(json).matches()).isPresent();
    }

    private static Optional<TokenId> id(String payload) {
        Matcher parts = PAYLOAD.matcher(payload);
        if (parts.matches()) {
            for (TokenKind kind : TokenKind.values()) {
                if (kind.wireName().equals(parts.group(1))) {
                    return Optional.of(new TokenId(kind, Long.parseLong(parts.group(2))));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(String base64) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac key(Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String signature(Mac key, String signed) {
        try {
            // A copy of its own, ready to use: neither locked nor set up anew.
            Mac mac = (Mac) key.clone();
            return BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the HmacSHA256 of Java can be copied", e);
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
