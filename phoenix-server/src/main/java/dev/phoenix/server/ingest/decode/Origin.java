package dev.phoenix.server.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a span comes from: a resource, or the instrumentation scope with its name and version.
 * Stored once per hash.
 *
 * @param hash SHA-256 of name, version and attributes
 * @param attributes flat JSON object, keys sorted
 */
public record Origin(String hash, String name, String version, String attributes) {

    static Origin of(String name, String version, String attributes) {
        return new Origin(
                sha256(name + '\0' + version + '\0' + attributes), name, version, attributes);
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
