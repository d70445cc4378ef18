package dev.phoenix.server.tls;

import dev.phoenix.server.settings.Secret;
import dev.phoenix.server.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
            String pem = Files.readString(file);
            PrivateKey key = password.isPresent() ? encrypted(pem, password.get()) : plain(pem);
            if (key != null) {
                return key;
            }
        } catch (IOException
                | GeneralSecurityException
                | IllegalStateException
                | IllegalArgumentException e) {
            // Without its cause, which may quote the file.
        }
        throw new SettingsException(
                "PHOENIX_TLS_KEY_FILE must hold a private key that opens with PHOENIX_TLS_KEY_FILE_PASSWORD, was %s: correct one of them; `openssl pkcs8 -topk8` writes keys of other formats anew."
                        .formatted(file));
    }

    private static @Nullable PrivateKey plain(String pem) {
        return PemContent.of(pem).getPrivateKey();
    }

    private static @Nullable PrivateKey encrypted(String pem, Secret password)
            throws GeneralSecurityException {
        try {
            return PemContent.of(pem).getPrivateKey(password.reveal());
        } catch (IllegalStateException | IllegalArgumentException e) {
            return OpenSslKey.open(pem, password);
        }
    }
}
