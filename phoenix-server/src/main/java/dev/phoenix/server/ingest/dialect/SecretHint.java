package dev.phoenix.server.ingest.dialect;

/**
 * Whether a text deserves a search for secrets. Nearly no text does, and every parameter and all
 * metadata is looked at, so this reads it once and without an expression.
 */
final class SecretHint {

    private SecretHint() {}

    /** Whether something in the text may be a secret, its name or the name of a variable. */
    static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (beginsAt(i, text)) {
                return true;
            }
        }
        return false;
    }

    /** Letters, digits and underscores in the names of the environment. */
    static boolean isOfVariable(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private static boolean beginsAt(int at, String text) {
        return switch (text.charAt(at)) {
            case 'a', 'A' ->
                    has(text, at, "author") || is(text, at, "AKIA") || is(text, at, "AIza");
            case 'b', 'B' -> has(text, at, "bearer") || is(text, at, "BEGIN");
            case 'c', 'C' -> has(text, at, "credential") || has(text, at, "cookie");
            case 'e' -> is(text, at, "eyJ");
            case 'g' -> is(text, at, "gsk_") || (is(text, at, "gh") && is(text, at + 3, "_"));
            case 'h' -> is(text, at, "hf_");
            case 'k', 'K' -> has(text, at, "key");
            case 'l' -> is(text, at, "lsv2");
            case 'p', 'P' -> has(text, at, "passw") || is(text, at, "pk-");
            case 'r' -> is(text, at, "rk-");
            case 's', 'S' -> has(text, at, "secret") || is(text, at, "sk-");
            case 't', 'T' -> has(text, at, "token") && endsName(text, at + "token".length());
            case 'x' -> is(text, at, "xox");
            case '_' -> isEndOfVariable(text, at);
            default -> false;
        };
    }

    private static boolean is(String text, int at, String hint) {
        return text.startsWith(hint, at);
    }

    private static boolean has(String text, int at, String hint) {
        return text.regionMatches(true, at, hint, 0, hint.length());
    }

    /** A quote, which JSON within JSON escapes. */
    private static boolean endsName(String text, int at) {
        return at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\');
    }

    private static boolean isEndOfVariable(String text, int underscore) {
        int end = underscore + 1;
        while (end < text.length() && isOfVariable(text.charAt(end))) {
            end++;
        }
        return end > underscore + 1 && endsName(text, end);
    }
}
