package dev.phoenix.core.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Headers in one variable: {@code k1=v1,k2=v2} with percent escapes, or a JSON object. */
final class HeaderText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private HeaderText() {}

    /** Names in lower case; what cannot be understood is left out with a warning. */
    static Map<String, String> parse(Sourced<String> text) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (text.value().startsWith("{")) {
            parseJson(text, headers);
        } else {
            parsePairs(text, headers);
        }
        return headers;
    }

    /** The same rules for headers given in code, where a broken one is an error. */
    static Map<String, String> checked(Map<String, String> headers) {
        Map<String, String> checked = new LinkedHashMap<>();
        headers.forEach(
                (name, value) -> {
                    if (!put(checked, name.strip(), value)) {
                        throw new PhoenixConfigException(
                                "header \""
                                        + name
                                        + "\" must have a name of letters, digits and dashes, and a"
                                        + " value without line breaks");
                    }
                });
        return checked;
    }

    private static void parseJson(Sourced<String> text, Map<String, String> headers) {
        Optional<Map<String, String>> object = JsonStrings.parse(text.value());
        if (object.isEmpty()) {
            Notices.warn(
                    text.source()
                            + " is ignored: it is not a JSON object of strings, which a"
                            + " value that begins with { must be");
            return;
        }
        object.get()
                .forEach(
                        (name, value) -> {
                            if (!put(headers, name.strip(), value.strip())) {
                                warnMalformed(text);
                            }
                        });
    }

    private static void parsePairs(Sourced<String> text, Map<String, String> headers) {
        for (String pair : text.value().split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            boolean understood =
                    equals > 0
                            && put(
                                    headers,
                                    decode(pair.substring(0, equals).strip()),
                                    decode(pair.substring(equals + 1).strip()));
            if (!understood) {
                warnMalformed(text);
            }
        }
    }

    private static boolean put(Map<String, String> headers, String name, String value) {
        boolean usable =
                NAME.matcher(name).matches() && value.chars().noneMatch(c -> c < ' ' && c != '\t');
        if (usable) {
            headers.put(name.toLowerCase(Locale.ROOT), value);
        }
        return usable;
    }

    private static void warnMalformed(Sourced<String> text) {
        Notices.warn(
                text.source()
                        + " has a header that is not name=value with a plain name; that one"
                        + " is left out");
    }

    /** Percent escapes that are none stay as they are. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
