package dev.phoenix.server.ingest.dialect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Numbers for the names that rules read and write. A stored derivation says for two dozen paths
 * from where they are; in words that is as much text as the span itself. The number of a name is
 * its line in {@code names.txt}, to which lines are only added. Names that are not there stay
 * words.
 */
final class NameCodes {

    static final List<String> NAMES = load();

    private static final Map<String, Integer> CODES = codes();

    private NameCodes() {}

    static void write(StringBuilder json, String name) {
        Integer code = CODES.get(name);
        if (code == null) {
            JsonValues.quote(json, name);
        } else {
            json.append((int) code);
        }
    }

    /** A number that only a newer server knows reads as {@code #number}. */
    static String read(JsonNode stored) {
        if (!stored.isIntegralNumber()) {
            return stored.asString("");
        }
        int code = stored.intValue();
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "#" + code;
    }

    private static Map<String, Integer> codes() {
        Map<String, Integer> codes = HashMap.newHashMap(NAMES.size());
        for (int i = 0; i < NAMES.size(); i++) {
            codes.put(NAMES.get(i), i);
        }
        return codes;
    }

    private static List<String> load() {
        try (InputStream file =
                        Objects.requireNonNull(NameCodes.class.getResourceAsStream("names.txt"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
