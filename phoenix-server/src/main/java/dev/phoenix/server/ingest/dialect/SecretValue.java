package dev.phoenix.server.ingest.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys and tokens that are known by how they look, whatever they are called. */
final class SecretValue {

    private static final Pattern KNOWN =
            Pattern.compile(
                    "\\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}|\\bAKIA[0-9A-Z]{16}|\\bAIza[0-9A-Za-z_-]{30,}"
                            + "|\\bASIA[0-9A-Z]{16}|\\b(?:xai|nvapi|tvly|pplx|glpat)-[A-Za-z0-9_-]{16,}"
                            + "|\\bgithub_pat_[A-Za-z0-9_]{20,}|\\br8_[A-Za-z0-9]{20,}"
                            + "|\\bya29\\.[A-Za-z0-9_-]{20,}|\\bpcsk_[A-Za-z0-9_]{20,}"
                            + "|\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bxox[abprs]-[A-Za-z0-9-]{10,}"
                            + "|\\bhf_[A-Za-z0-9]{20,}|\\bgsk_[A-Za-z0-9]{20,}"
                            + "|\\blsv2_[a-z]{2}_[A-Za-z0-9_]{20,}"
                            // Prose has a digit in no word so long.
                            + "|(?i:bearer|basic) (?=[A-Za-z._~+/-]*[0-9=])[A-Za-z0-9._~+/-]{16,}=*"
                            + "|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"
                            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\\s\\\\]*(?:-----END [A-Z"
                            + " ]*PRIVATE KEY-----)?");

    /** One word without a meaning: long, and of letters and digits. */
    private static final Pattern OPAQUE =
            Pattern.compile("(?=[^\\s]*[0-9])(?=[^\\s]*[A-Za-z])[A-Za-z0-9._~+/=:@%-]{20,}");

    private SecretValue() {}

    /** Whether the whole of it can hardly be anything else. */
    static boolean is(String text) {
        return OPAQUE.matcher(text).matches() || isKnown(text);
    }

    /** Whether such a key or token is in the text. */
    static boolean isKnown(String text) {
        return isHinted(text) && KNOWN.matcher(text).find();
    }

    /** The text with {@link SecretMask#MASKED} for each; null where it has none. */
    static @Nullable String masked(String text) {
        if (!isHinted(text)) {
            return null;
        }
        Matcher known = KNOWN.matcher(text);
        return known.find() ? known.replaceAll(SecretMask.MASKED) : null;
    }

    /** Nearly no text deserves the expression, so this reads it once and without one. */
    private static boolean isHinted(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (beginsAt(i, text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsAt(int at, String text) {
        return switch (text.charAt(at)) {
            case 'A' -> is(text, at, "AKIA") || is(text, at, "AIza") || is(text, at, "ASIA");
            case '-' -> is(text, at, "-----BEGIN");
            case 'b', 'B' ->
                    text.regionMatches(true, at, "bearer ", 0, 7)
                            || text.regionMatches(true, at, "basic ", 0, 6);
            case 'e' -> is(text, at, "eyJ");
            case 'g' ->
                    is(text, at, "gsk_")
                            || (is(text, at, "gh") && is(text, at + 3, "_"))
                            || is(text, at, "github_pat_")
                            || is(text, at, "glpat-");
            case 'h' -> is(text, at, "hf_");
            case 'l' -> is(text, at, "lsv2");
            case 'n' -> is(text, at, "nvapi-");
            case 'p' -> is(text, at + 1, "k-") || is(text, at, "pplx-") || is(text, at, "pcsk_");
            case 'r' -> is(text, at + 1, "k-") || is(text, at, "r8_");
            case 's' -> is(text, at + 1, "k-");
            case 't' -> is(text, at, "tvly-");
            case 'x' -> is(text, at, "xox") || is(text, at, "xai-");
            case 'y' -> is(text, at, "ya29.");
            default -> false;
        };
    }

    private static boolean is(String text, int at, String hint) {
        return text.startsWith(hint, at);
    }
}
