package dev.phoenix.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FernetTest {

    /** Of the specification. */
    private static final Fernet KEY =
            Fernet.of(
                    Base64.getUrlDecoder().decode("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="));

    private static final String HELLO =
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

    @Test
    void tokenOfTheSpecification_isRead() {
        assertThat(KEY.decrypt(HELLO)).hasValue("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "hello", "sixteen bytes of", "ключ 🔑", "\uE000"})
    void token_isReadAndNeverTheSameTwice(String plaintext) {
        Instant now = Instant.parse("1985-10-26T08:20:00Z");
        String token = KEY.encrypt(plaintext, now);
        assertThat(token).startsWith("gAAAAAAdwJ6w").isNotEqualTo(KEY.encrypt(plaintext, now));
        assertThat(KEY.decrypt(token)).hasValue(plaintext);
    }

    @Test
    void changedToken_isRefused() {
        byte[] token = Base64.getUrlDecoder().decode(HELLO);
        for (int i = 0; i < token.length; i++) {
            byte[] changed = token.clone();
            changed[i] ^= 1;
            assertThat(KEY.decrypt(Base64.getUrlEncoder().encodeToString(changed))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "gAAAAA", "no base64!", "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy0="})
    void anythingElse_isNoToken(String token) {
        assertThat(KEY.decrypt(token)).isEmpty();
    }

    @Test
    void tokenOfAnotherKey_isRefused() {
        assertThat(Fernet.of(new byte[Fernet.KEY_BYTES]).decrypt(HELLO)).isEmpty();
    }
}
