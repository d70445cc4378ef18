package dev.phoenix.server.tls;

import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.PKCS8EncryptionHandler;
import dev.phoenix.server.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Encrypted keys as OpenSSL writes and wrote them, which the platform cannot open: PKCS#8 with
 * triple DES, and the older format that has its own headers.
 */
final class OpenSslKey {

    private static final Pattern PKCS8 =
            Pattern.compile(
                    "-----BEGIN ENCRYPTED PRIVATE KEY-----([\\s\\w+/=]+)-----END ENCRYPTED PRIVATE KEY-----");

    private static final Pattern WITH_HEADERS =
            Pattern.compile(
                    "-----BEGIN (\\w+ PRIVATE KEY)-----\\s+Proc-Type: 4,ENCRYPTED\\s+DEK-Info: ([\\w-]+),(\\p{XDigit}+)\\s+([\\s\\w+/=]+)-----END");

    private OpenSslKey() {}

    static PrivateKey open(String pem, Secret password) throws GeneralSecurityException {
        Matcher pkcs8 = PKCS8.matcher(pem);
        if (pkcs8.find()) {
            return pkcs8(decode(pkcs8.group(1)), password);
        }
        Matcher old = WITH_HEADERS.matcher(pem);
        if (old.find()) {
            Cipher cipher = cipher(old.group(2), HexFormat.of().parseHex(old.group(3)), password);
            return plain(old.group(1), cipher.doFinal(decode(old.group(4))));
        }
        throw new GeneralSecurityException("there is no encrypted key");
    }

    private static PrivateKey pkcs8(byte[] key, Secret password) throws GeneralSecurityException {
        try {
            return PKCS8EncryptionHandler.decryptPrivateKey(key, password.reveal().toCharArray())
                    .toPrivateKey();
        } catch (CertException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static PrivateKey plain(String type, byte[] key) throws GeneralSecurityException {
        String pem =
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(type, Base64.getEncoder().encodeToString(key));
        PrivateKey opened = PemContent.of(pem).getPrivateKey();
        if (opened == null) {
            throw new GeneralSecurityException("there is no key in the encrypted one");
        }
        return opened;
    }

    private static Cipher cipher(String name, byte[] iv, Secret password)
            throws GeneralSecurityException {
        boolean aes = name.startsWith("AES-") && name.endsWith("-CBC");
        if (!aes && !name.equals("DES-EDE3-CBC")) {
            throw new GeneralSecurityException("unknown cipher " + name);
        }
        int bytes =
                switch (name) {
                    case "AES-128-CBC" -> 16;
                    case "AES-256-CBC" -> 32;
                    default -> 24;
                };
        String algorithm = aes ? "AES" : "DESede";
        Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key(password, iv, bytes), algorithm),
                new IvParameterSpec(iv));
        return cipher;
    }

    /** OpenSSL's EVP_BytesToKey with MD5 and one round: what this format has always used. */
    private static byte[] key(Secret password, byte[] salt, int bytes)
            throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[0];
        byte[] hash = key;
        while (key.length < bytes) {
            md5.update(hash);
            md5.update(password.reveal().getBytes(StandardCharsets.UTF_8));
            md5.update(salt, 0, 8);
            hash = md5.digest();
            byte[] longer = Arrays.copyOf(key, key.length + hash.length);
            System.arraycopy(hash, 0, longer, key.length, hash.length);
            key = longer;
        }
        return Arrays.copyOf(key, bytes);
    }

    private static byte[] decode(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }
}
