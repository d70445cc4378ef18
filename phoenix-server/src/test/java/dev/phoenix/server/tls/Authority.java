package dev.phoenix.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A certificate authority in a folder, made by the JDK's own tool. */
record Authority(Path folder, String name) {

    private static final String PASSWORD = "changeit";
    private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_256";

    static Authority create(Path folder, String name) {
        Authority authority = new Authority(folder, name);
        authority.keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-validity",
                "2");
        authority.write(name + ".crt", pem("CERTIFICATE", authority.certificate(name)));
        return authority;
    }

    Path certificateFile() {
        return folder.resolve(name + ".crt");
    }

    Path file(String file) {
        return folder.resolve(file);
    }

    /** Writes NAME.crt, NAME.key and NAME.encrypted.key. */
    void issue(String subject, String algorithm, String keyPassword) {
        keytool("-genkeypair", "-alias", subject, "-keyalg", algorithm, "-dname", "CN=" + subject);
        Path request = folder.resolve(subject + ".csr");
        Path issued = folder.resolve(subject + ".issued");
        keytool("-certreq", "-alias", subject, "-file", request.toString());
        keytool(
                "-gencert",
                "-alias",
                name,
                "-infile",
                request.toString(),
                "-outfile",
                issued.toString(),
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2");
        keytool("-importcert", "-alias", subject, "-file", issued.toString(), "-noprompt");
        Key key = key(subject);
        write(subject + ".crt", pem("CERTIFICATE", certificate(subject)));
        write(subject + ".key", pem("PRIVATE KEY", key.getEncoded()));
        write(
                subject + ".encrypted.key",
                pem("ENCRYPTED PRIVATE KEY", encrypted(key.getEncoded(), keyPassword)));
    }

    KeyStore store() {
        try (InputStream content = Files.newInputStream(folder.resolve("store.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Key key(String alias) {
        try {
            return store().getKey(alias, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Certificate[] chain(String alias) {
        try {
            return store().getCertificateChain(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] certificate(String alias) {
        try {
            return store().getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encrypted(byte[] key, String password) {
        try {
            var secret =
                    SecretKeyFactory.getInstance(ENCRYPTION)
                            .generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(ENCRYPTION);
            cipher.init(Cipher.ENCRYPT_MODE, secret);
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
            return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key)).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
    }

    private void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-keystore",
                        folder.resolve("store.p12").toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
