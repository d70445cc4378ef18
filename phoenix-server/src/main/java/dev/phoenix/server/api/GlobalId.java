package dev.phoenix.server.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The id of a node on the wire: standard base64 of {@code Type:key}, the same in REST and GraphQL.
 */
public record GlobalId(String type, long key) {

    public static String encode(String type, long key) {
        return new GlobalId(type, key).encode();
    }

    public String encode() {
        byte[] text = (type + ":" + key).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(text);
    }

    /**
     * Lenient as clients expect: characters outside the alphabet are skipped. Empty for everything
     * that is no id.
     */
    public static Optional<GlobalId> parse(String text) {
        return decode(text).flatMap(GlobalId::split);
    }

    /**
     * The key of a node of this type; empty for ids of other types, too, so that callers can try a
     * name next.
     */
    public static OptionalLong keyOf(String type, String text) {
        Optional<GlobalId> id = parse(text).filter(parsed -> parsed.type.equals(type));
        return id.isPresent() ? OptionalLong.of(id.get().key) : OptionalLong.empty();
    }

    private static Optional<GlobalId> split(String decoded) {
        int colon = decoded.indexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        try {
            long key = Long.parseLong(decoded, colon + 1, decoded.length(), 10);
            return Optional.of(new GlobalId(decoded.substring(0, colon), key));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<String> decode(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
