package dev.phoenix.core.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Phoenix variables of one {@code .env.phoenix} file. */
record EnvFile(Path path, Map<String, String> values) {

    static final String NAME = ".env.phoenix";

    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?(PHOENIX_[A-Za-z0-9_]*)\\s*=(.*)", Pattern.DOTALL);

    /** Lines of {@code [export ]PHOENIX_X=value}; anything else is left to other readers. */
    static EnvFile parse(Path path, String text) {
        Map<String, String> values = new HashMap<>();
        text.lines()
                .forEach(
                        line -> {
                            Matcher matcher = LINE.matcher(line.strip());
                            if (matcher.matches()) {
                                String value = unquote(matcher.group(2).strip());
                                if (!value.isEmpty()) {
                                    values.put(matcher.group(1), value);
                                }
                            }
                        });
        return new EnvFile(path, Map.copyOf(values));
    }

    Provenance source(String variable) {
        return new Provenance.EnvFile(path, variable);
    }

    private static String unquote(String value) {
        int last = value.length() - 1;
        if (last < 1) {
            return value;
        }
        char quote = value.charAt(0);
        boolean quoted = (quote == '"' || quote == '\'') && value.charAt(last) == quote;
        return quoted ? value.substring(1, last) : value;
    }
}
