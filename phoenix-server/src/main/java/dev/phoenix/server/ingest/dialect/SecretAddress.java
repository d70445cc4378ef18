package dev.phoenix.server.ingest.dialect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hides what addresses carry beside the place: the password of {@code
 * postgresql://user:password@host} and parameters like {@code ?key=…}. The rest of the address
 * stays as it is.
 */
final class SecretAddress {

    /** How names of attributes end that hold an address, or a part of one. */
    private static final String[] NAMES = {
        "url",
        "uri",
        "url.full",
        "url.query",
        "url.path",
        "http.target",
        "endpoint",
        "dsn",
        "api_base",
        "base_url",
        "server.address",
        "connection"
    };

    /** Of parameters that often hold one, beside those that always do. */
    private static final Set<String> PARAMETERS =
            Set.of("key", "sig", "signature", "x-amz-signature", "x-goog-signature", "pwd", "auth");

    private final String text;
    private @Nullable StringBuilder masked;
    private int copied;

    private SecretAddress(String text) {
        this.text = text;
    }

    static boolean isNamed(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String end : NAMES) {
            if (lower.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    /** Null where there is nothing to hide. */
    static @Nullable String masked(String text) {
        SecretAddress address = new SecretAddress(text);
        address.password();
        address.parameters();
        return address.masked == null
                ? null
                : address.masked.append(text, address.copied, text.length()).toString();
    }

    private void password() {
        int start = text.indexOf("://") + 3;
        int at = start < 3 ? -1 : text.indexOf('@', start);
        int end = at < 0 ? -1 : endOfHost(start);
        if (at < 0 || at > end) {
            return;
        }
        // Passwords may hold an @ of their own.
        at = text.lastIndexOf('@', end);
        int colon = text.indexOf(':', start);
        if (colon >= 0 && colon < at) {
            hide(colon + 1, at);
        }
    }

    private int endOfHost(int start) {
        for (int i = start; i < text.length(); i++) {
            if ("/?# ".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Also where the query alone is given. */
    private void parameters() {
        for (int equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', equals + 1)) {
            int start = equals;
            while (start > 0 && "?&;# ".indexOf(text.charAt(start - 1)) < 0) {
                start--;
            }
            int end = equals + 1;
            while (end < text.length() && "&;# ".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (equals >= copied
                    && isSecret(text.substring(start, equals), text.substring(equals + 1, end))) {
                hide(equals + 1, end);
            }
        }
    }

    private static boolean isSecret(String name, String value) {
        return switch (SecretName.of(name)) {
            case SECRET -> true;
            case MAYBE -> SecretValue.is(value);
            case NONE ->
                    PARAMETERS.contains(name.toLowerCase(Locale.ROOT)) && SecretValue.is(value);
        };
    }

    private void hide(int from, int to) {
        if (from == to || text.startsWith(SecretMask.MASKED, from)) {
            return;
        }
        masked = masked == null ? new StringBuilder(text.length()) : masked;
        masked.append(text, copied, from).append(SecretMask.MASKED);
        copied = to;
    }
}
