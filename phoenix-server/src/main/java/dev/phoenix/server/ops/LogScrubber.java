package dev.phoenix.server.ops;

import dev.phoenix.server.settings.Secret;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of log lines what nobody should read there: credentials by their form, wherever they
 * come from, and the secrets of this server's own settings.
 */
final class LogScrubber {

    private static final String HIDDEN = "********";

    /** Shorter ones are words, which would vanish from every line. */
    private static final int SHORTEST_SECRET = 8;

    private static final List<Rule> RULES =
            List.of(
                    new Rule("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}", "$1 " + HIDDEN),
                    new Rule("\\beyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*", HIDDEN),
                    new Rule("\\bgAAAAA[\\w-]{20,}=*", HIDDEN),
                    new Rule("\\bsk-[\\w-]{16,}", HIDDEN),
                    new Rule(
                            "(\\b[a-z][a-z0-9+.-]{0,20}://[^/\\s:@]{0,200}):[^@/\\s]+@",
                            "$1:" + HIDDEN + "@"),
                    new Rule(
                            "(?i)((?:password|passwd|pwd|secret|token|api[_-]?key|authorization)[\"']?\\s?[=:]\\s?[\"']?)[^\\s\"'&;,)}]+",
                            "$1" + HIDDEN),
                    new Rule("(?i)(\\b(?:set-)?cookie[\"']?\\s?[=:]\\s?).+", "$1" + HIDDEN));

    private final List<String> secrets;

    LogScrubber(List<Secret> secrets) {
        this.secrets =
                secrets.stream()
                        .map(Secret::reveal)
                        .filter(secret -> secret.length() >= SHORTEST_SECRET)
                        .toList();
    }

    String scrub(String text) {
        String scrubbed = text;
        for (String secret : secrets) {
            scrubbed = scrubbed.replace(secret, HIDDEN);
        }
        for (Rule rule : RULES) {
            scrubbed = rule.pattern.matcher(scrubbed).replaceAll(rule.replacement);
        }
        return scrubbed;
    }

    private record Rule(Pattern pattern, String replacement) {

        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }
}
