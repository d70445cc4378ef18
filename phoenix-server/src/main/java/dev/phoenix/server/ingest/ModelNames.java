package dev.phoenix.server.ingest;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of models as two reporters of one call write them. */
public final class ModelNames {

    /** Where it is served: {@code models/…}, {@code us.anthropic.…}, {@code openai/…}. */
    private static final Pattern PLACE =
            Pattern.compile(
                    "^(.*/)?((us|eu|apac|global)\\.)?"
                            + "((anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai)\\.)?");

    /** What the provider adds: a date, a number of three digits and more, a stage. */
    private static final Pattern VERSION =
            Pattern.compile(
                    "([-@:](v\\d+|\\d{3,}|latest|preview|exp|beta|stable)([-@:.]?v?\\d+)*)+");

    private ModelNames() {}

    /** Whether they may be one model: one name may be longer by a version. */
    public static boolean mayBeOne(@Nullable String one, @Nullable String other) {
        if (one == null || other == null || one.equals(other)) {
            return true;
        }
        String first = bare(one);
        String second = bare(other);
        String shorter = first.length() <= second.length() ? first : second;
        String longer = first.length() <= second.length() ? second : first;
        return longer.startsWith(shorter)
                && (longer.length() == shorter.length()
                        || VERSION.matcher(longer.substring(shorter.length())).matches());
    }

    private static String bare(String name) {
        return PLACE.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("");
    }
}
