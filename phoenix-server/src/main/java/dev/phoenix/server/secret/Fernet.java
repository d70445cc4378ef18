package dev.phoenix.server.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of the Fernet specification: AES-128 in CBC mode, signed with HMAC-SHA256, as URL-safe
 * base64. Databases of the reference hold them, and it reads ours.
 *
 * @param signing 16 bytes
 * @param encrypting 16 bytes
 */
record Fernet(SecretKeySpec signing, SecretKeySpec encrypting) {

    static final int KEY_BYTES = 32;

    private static final byte VERSION = (byte) 0x80;
    private static final int BLOCK = 16;
    private static final int SIGNATURE = 32;
    private static final int HEADER = 1 + Long.BYTES + BLOCK;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Fernet of(byte[] key) {
        return new Fernet(
                new SecretKeySpec(key, 0, BLOCK, "HmacSHA256"),
                new SecretKeySpec(key, BLOCK, BLOCK, "AES"));
    }

    String encrypt(String plaintext, Instant now) {
        byte[] iv = new byte[BLOCK];
        RANDOM.nextBytes(iv);
        byte[] encrypted =
                crypt(Cipher.ENCRYPT_MODE, iv, plaintext.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow();
        ByteBuffer token = ByteBuffer.allocate(HEADER + encrypted.length + SIGNATURE);
        token.put(VERSION).putLong(now.getEpochSecond()).put(iv).put(encrypted);
        token.put(sign(token.array(), token.position()));
        return Base64.getUrlEncoder().encodeToString(token.array());
    }

    /** Empty for what was not encrypted with this key. */
    Optional<String> decrypt(String token) {
        byte[] bytes = decode(token);
        int signed = bytes.length - SIGNATURE;
        if (signed < HEADER + BLOCK || bytes[0] != VERSION) {
            return Optional.empty();
        }
        byte[] signature = Arrays.copyOfRange(bytes, signed, bytes.length);
        if (!MessageDigest.isEqual(signature, sign(bytes, signed))) {
            return Optional.empty();
        }
        byte[] iv = Arrays.copyOfRange(bytes, 1 + Long.BYTES, HEADER);
        return crypt(Cipher.DECRYPT_MODE, iv, Arrays.copyOfRange(bytes, HEADER, signed))
                .map(plaintext -> new String(plaintext, StandardCharsets.UTF_8));
    }

    private static byte[] decode(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private byte[] sign(byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(signing);
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private Optional<byte[]> crypt(int mode, byte[] iv, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, encrypting, new IvParameterSpec(iv));
            return Optional.of(cipher.doFinal(input));
        } catch (GeneralSecurityException e) {
            // Signed, and yet not of our making.
            return Optional.empty();
        }
    }
}
