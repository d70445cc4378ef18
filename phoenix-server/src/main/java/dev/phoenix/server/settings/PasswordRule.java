package dev.phoenix.server.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a password must look like.
 *
 * @param strong whether it must be long and mixed
 */
public record PasswordRule(boolean strong) {

    private static final int SHORTEST = 4;
    private static final int SHORTEST_STRONG = 12;
    private static final int LONGEST = 1024;
    private static final String SPECIAL = "!@#$%^&*()_+";

    /** Everything that a password lacks, as a sentence without a full stop; empty if it is good. */
    public Optional<String> brokenBy(Secret password) {
        String text = password.reveal();
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.of(
                    "Password must contain only printable ASCII characters and no whitespace");
        }
        if (text.length() > LONGEST) {
            return Optional.of("Password must be at most %d characters long".formatted(LONGEST));
        }
        List<String> missing = missing(text);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Password must be " + listed(missing));
    }

    private List<String> missing(String text) {
        List<String> missing = new ArrayList<>();
        int shortest = strong ? SHORTEST_STRONG : SHORTEST;
        if (text.length() < shortest) {
            missing.add("at least %d characters long".formatted(shortest));
        }
        if (strong) {
            require(missing, text, c -> c >= '0' && c <= '9', "at least one digit");
            require(missing, text, c -> c >= 'a' && c <= 'z', "at least one lowercase letter");
            require(missing, text, c -> c >= 'A' && c <= 'Z', "at least one uppercase letter");
            require(
                    missing,
                    text,
                    c -> SPECIAL.indexOf(c) >= 0,
                    "at least one special character of " + SPECIAL);
        }
        return missing;
    }

    private static void require(
            List<String> missing, String text, IntPredicate wanted, String name) {
        if (text.chars().noneMatch(wanted)) {
            missing.add(name);
        }
    }

    private static String listed(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0
                ? parts.getFirst()
                : String.join(", ", parts.subList(0, last)) + ", and " + parts.get(last);
    }
}
