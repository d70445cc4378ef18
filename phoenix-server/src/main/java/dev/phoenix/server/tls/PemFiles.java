package dev.phoenix.server.tls;

import dev.phoenix.server.settings.Secret;
import dev.phoenix.server.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.ssl.pem.PemContent;

/** Reads what an operator gave, and tells which variable to correct. */
final class PemFiles {

    private PemFiles() {}

    static List<X509Certificate> certificates(String variable, Path file) {
        try {
            List<X509Certificate> certificates = PemContent.load(file).getCertificates();
            if (certificates != null && !certificates.isEmpty()) {
                return certificates;
            }
        } catch (IOException | IllegalStateException e) {
            // Said below.
        }
        throw new SettingsException(
                "%s must hold certificates in PEM, was %s: give it a file with BEGIN CERTIFICATE."
                        .formatted(variable, file));
    }

    static PrivateKey key(Path file, Optional<Secret> password) {
        try {
            PrivateKey key =
                    PemContent.load(file).getPrivateKey(password.map(Secret::reveal).orElse(null));
            if (key != null) {
                return key;
            }
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            // Without its cause, which may quote the file.
        }
        throw new SettingsException(
                "PHOENIX_TLS_KEY_FILE must hold a private key that opens with PHOENIX_TLS_KEY_FILE_PASSWORD, was %s: correct one of them; `openssl pkcs8 -topk8` writes older encrypted keys anew."
                        .formatted(file));
    }
}
