package dev.phoenix.server.tls;

import dev.phoenix.server.settings.SettingsException;
import dev.phoenix.server.settings.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's key with its certificates, and those of the authorities that clients must have one
 * from, if they must.
 */
public final class ServerIdentity {

    private static final Logger log = LoggerFactory.getLogger(ServerIdentity.class);

    private final KeyStore keys;
    private final String password;
    private final Optional<KeyStore> clientAuthorities;

    private ServerIdentity(KeyStore keys, String password, Optional<KeyStore> clientAuthorities) {
        this.keys = keys;
        this.password = password;
        this.clientAuthorities = clientAuthorities;
    }

    static ServerIdentity load(TlsSettings.Identity files, InstantSource clock) {
        List<X509Certificate> chain =
                PemFiles.certificates("PHOENIX_TLS_CERT_FILE", files.certificate());
        PrivateKey key = PemFiles.key(files.key(), files.keyPassword());
        if (!belongTogether(key, chain.getFirst())) {
            throw new SettingsException(
                    "PHOENIX_TLS_KEY_FILE must hold the key of the first certificate in PHOENIX_TLS_CERT_FILE, but %s does not: correct one of them."
                            .formatted(files.key()));
        }
        warnOfAge(chain.getFirst(), clock);
        // The store stays in memory; a password is only what its interface wants.
        String password = UUID.randomUUID().toString();
        try {
            KeyStore keys = empty();
            keys.setKeyEntry(
                    "server", key, password.toCharArray(), chain.toArray(X509Certificate[]::new));
            return new ServerIdentity(
                    keys,
                    password,
                    files.clientAuthorities()
                            .map(
                                    file ->
                                            trusting(
                                                    PemFiles.certificates(
                                                            "PHOENIX_TLS_CA_FILE", file))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of PHOENIX_TLS_KEY_FILE cannot be used", e);
        }
    }

    public KeyStore keys() {
        return keys;
    }

    public String password() {
        return password;
    }

    /** Empty if clients need no certificate. */
    public Optional<KeyStore> clientAuthorities() {
        return clientAuthorities;
    }

    public KeyManager[] keyManagers() {
        try {
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password.toCharArray());
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the server's key cannot be used", e);
        }
    }

    /** Who decides on the certificates of clients. */
    public Optional<TrustManager[]> trustManagers() {
        return clientAuthorities.map(ServerIdentity::trustManagers);
    }

    private static TrustManager[] trustManagers(KeyStore authorities) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the authorities of clients cannot be used", e);
        }
    }

    private static KeyStore trusting(List<X509Certificate> authorities) {
        try {
            KeyStore store = empty();
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the authorities of clients cannot be used", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read for an empty store", e);
        }
        return store;
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            byte[] sample = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certificate);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void warnOfAge(X509Certificate certificate, InstantSource clock) {
        Instant now = clock.instant();
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            log.warn(
                    "The certificate of PHOENIX_TLS_CERT_FILE is valid from {} to {}: clients will refuse it",
                    from,
                    until);
        }
    }
}
