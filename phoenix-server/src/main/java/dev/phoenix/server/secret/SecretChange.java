package dev.phoenix.server.secret;

import dev.phoenix.server.api.ApiException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a secret becomes.
 *
 * @param value null to delete it
 */
record SecretChange(String name, @Nullable String value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 64 * 1024;

    static SecretChange checked(String name, @Nullable String value) {
        String key = name.strip();
        if (!NAME.matcher(key).matches() || key.length() > LONGEST_NAME) {
            throw ApiException.unprocessable(
                    "key must be a name like OPENAI_API_KEY of at most %d letters, digits and underscores, not beginning with a digit"
                            .formatted(LONGEST_NAME));
        }
        if (value == null) {
            return new SecretChange(key, null);
        }
        String stripped = value.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_VALUE) {
            throw ApiException.unprocessable(
                    "value of %s must have 1..%d characters; null deletes the secret"
                            .formatted(key, LONGEST_VALUE));
        }
        return new SecretChange(key, stripped);
    }
}
