package dev.phoenix.server.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place in a list sorted by a value and then by key: base64 of {@code key:KIND:value}. */
public record Cursor(long key, SortKey kind, Object value) {

    public String encode() {
        String text = key + ":" + kind + ":" + kind.write(value);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Refuses cursors of lists that are sorted otherwise: continuing there would skip or repeat
     * rows.
     */
    public static Cursor parse(String text, SortKey expected) {
        return GlobalId.decode(text)
                .flatMap(decoded -> split(decoded, expected))
                .orElseThrow(() -> invalid(text));
    }

    /** Whether the list went on in an order by values of this kind. */
    static boolean isOf(SortKey kind, String text) {
        return GlobalId.decode(text).flatMap(decoded -> split(decoded, kind)).isPresent();
    }

    /** Clients send an empty cursor for the first page. */
    public static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /**
     * The cursor of a list in key order is the id of the first row of the next page, whatever its
     * type.
     */
    public static long key(String text) {
        return GlobalId.parse(text).orElseThrow(() -> invalid(text)).key();
    }

    private static Optional<Cursor> split(String decoded, SortKey expected) {
        String[] parts = decoded.split(":", 3);
        if (parts.length != 3 || !parts[1].equals(expected.name())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Cursor(Long.parseLong(parts[0]), expected, expected.read(parts[2])));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ApiException invalid(String text) {
        return ApiException.unprocessable(
                "Invalid cursor: "
                        + text
                        + " is no cursor of this list in this order; start again without one");
    }
}
