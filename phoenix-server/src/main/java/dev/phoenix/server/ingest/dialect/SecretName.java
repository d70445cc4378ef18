package dev.phoenix.server.ingest.dialect;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of an attribute, or of a member of an object, says of its value. */
enum SecretName {
    /** Its value is no secret. */
    NONE,
    /** Its value may be one: {@code token} is a word of a model for some, a key for others. */
    MAYBE,
    /** Its value is one. */
    SECRET;

    /** Letters and digits that such a name ends with. */
    private static final String[] ENDS = {
        "apikey",
        "authorization",
        "password",
        "passwd",
        "passphrase",
        "secretkey",
        "accesskey",
        "accesskeyid",
        "privatekey",
        "subscriptionkey",
        "accountkey",
        "signingkey",
        "masterkey",
        "encryptionkey",
        "clientsecret",
        "apisecret",
        "appsecret",
        "sharedsecret",
        "signingsecret",
        "webhooksecret",
        "authtoken",
        "accesstoken",
        "refreshtoken",
        "bearertoken",
        "sessiontoken",
        "apitoken",
        "securitytoken",
        "connectionstring"
    };

    private static final Set<String> WORDS =
            Set.of("token", "secret", "cookie", "setcookie", "credential", "credentials", "bearer");

    private static final Pattern ENVIRONMENT =
            Pattern.compile(
                    "(?:.*\\.)?(?:LANGSMITH|LANGCHAIN|LANGFUSE|OPENAI|ANTHROPIC|AWS|AZURE|GOOGLE|GEMINI"
                            + "|HF|HUGGINGFACE|COHERE|MISTRAL|GROQ|TOGETHER|PHOENIX|OTEL|TRACELOOP|MLFLOW"
                            + "|LITELLM|DATABASE|POSTGRES|PG)_[A-Z0-9_]+");

    private static final String OF_PROCESS = "environment_variable.";

    static SecretName of(String name) {
        if (!mayEnd(name, name.length())) {
            return name.contains(OF_PROCESS) ? SECRET : NONE;
        }
        if (ENVIRONMENT.matcher(name).matches()) {
            return SECRET;
        }
        return ofWords(name);
    }

    /** Letters, digits and underscores in the names of the environment. */
    static boolean isOfVariable(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** Whether a name that ends here can be anything but {@link #NONE}; nearly none can. */
    static boolean mayEnd(String text, int end) {
        if (end == 0) {
            return false;
        }
        char last = text.charAt(end - 1);
        return switch (last) {
                    case 'y', 'Y' -> ends(text, end, "key");
                    case 'n', 'N' -> ends(text, end, "token") || ends(text, end, "authorization");
                    case 'd', 'D' ->
                            ends(text, end, "word")
                                    || ends(text, end, "wd")
                                    || ends(text, end, "id");
                    case 'e', 'E' -> ends(text, end, "passphrase") || ends(text, end, "cookie");
                    case 't', 'T' -> ends(text, end, "secret");
                    case 'g', 'G' -> ends(text, end, "string");
                    case 'l', 'L' -> ends(text, end, "credential");
                    case 's', 'S' -> ends(text, end, "credentials");
                    case 'r', 'R' -> ends(text, end, "bearer");
                    default -> false;
                }
                || endsVariable(text, end);
    }

    private static boolean ends(String text, int end, String word) {
        return text.regionMatches(true, end - word.length(), word, 0, word.length());
    }

    private static boolean endsVariable(String text, int end) {
        int at = end;
        while (at > 0 && isOfVariable(text.charAt(at - 1))) {
            at--;
        }
        return end - at > 3 && text.substring(at, end).indexOf('_') > 0;
    }

    private static SecretName ofWords(String name) {
        String plain = plain(name);
        for (String end : ENDS) {
            if (plain.endsWith(end)) {
                return SECRET;
            }
        }
        return WORDS.contains(plain(name.substring(name.lastIndexOf('.') + 1))) ? MAYBE : NONE;
    }

    /** {@code x-api-key}, {@code apiKey} and {@code API_KEY} are spelled alike. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
