package dev.phoenix.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.settings.Secret;
import dev.phoenix.server.settings.SettingsException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of nobody, encrypted by OpenSSL 3.0: {@code pkcs8 -v2}, {@code ec} and {@code rsa}. */
class PemFilesTest {

    @ParameterizedTest
    @CsvSource({
        "pkcs8-aes256.pem, EC",
        "pkcs8-des3.pem, EC",
        "openssl-ec-aes256.pem, EC",
        "openssl-rsa-des3.pem, RSA"
    })
    void encryptedKey_opensWithItsPassword(String name, String algorithm) throws Exception {
        assertThat(PemFiles.key(file(name), password("password-of-the-key")).getAlgorithm())
                .isEqualTo(algorithm);
        assertThatThrownBy(() -> PemFiles.key(file(name), password("another")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("PHOENIX_TLS_KEY_FILE must hold a private key that opens");
        assertThatThrownBy(() -> PemFiles.key(file(name), Optional.empty()))
                .isInstanceOf(SettingsException.class);
    }

    private static Optional<Secret> password(String text) {
        return Optional.of(Secret.of(text));
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(PemFilesTest.class.getResource("/tls/" + name)).toURI());
    }
}
