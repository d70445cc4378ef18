package dev.phoenix.server.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Texts of senders that are too long to be kept whole, in a form that both databases take. */
public final class ShortText {

    /** Of any characters, so many fit into an index entry of PostgreSQL. */
    private static final int LONGEST_NAME = 800;

    private static final int NAME_BEGINNING = 700;
    private static final int HASH_BYTES = 16;

    private ShortText() {}

    /** The first characters. */
    public static String of(String text, int longest) {
        return JsonText.storable(text.length() <= longest ? text : text.substring(0, longest));
    }

    /**
     * A text that tells things apart, say the name of a project. Where it is too long for the
     * databases' indexes its beginning stays and a hash stands for the rest: different texts stay
     * different, and no span is lost because of them.
     */
    static String name(String text) {
        return text.length() <= LONGEST_NAME
                ? JsonText.storable(text)
                : of(text, NAME_BEGINNING) + "…" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
