package dev.phoenix.otel;

import java.util.Map;
import java.util.OptionalInt;

/** Reads the {@code OPENINFERENCE_} variables; a value that makes no sense counts as unset. */
final class TraceEnvironment {

    private static final System.Logger LOGGER = System.getLogger("phoenix.otel");
    private static final String MAX_IMAGE_LENGTH = "OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH";
    private static final String OLD_VECTORS = "OPENINFERENCE_HIDE_EMBEDDING_VECTORS";

    private TraceEnvironment() {}

    static boolean hides(Hide part, Map<String, String> environment) {
        String name = "OPENINFERENCE_HIDE_" + part;
        if (part == Hide.EMBEDDINGS_VECTORS
                && isSet(OLD_VECTORS, environment)
                && !isSet(name, environment)) {
            LOGGER.log(System.Logger.Level.WARNING, OLD_VECTORS + " is now called " + name);
            return flag(OLD_VECTORS, environment);
        }
        return flag(name, environment);
    }

    static OptionalInt base64ImageMaxLength(Map<String, String> environment) {
        String value = environment.getOrDefault(MAX_IMAGE_LENGTH, "").trim();
        if (value.matches("\\d{1,9}")) {
            return OptionalInt.of(Integer.parseInt(value));
        }
        if (!value.isEmpty()) {
            warn(MAX_IMAGE_LENGTH, "a number of characters", value);
        }
        return OptionalInt.empty();
    }

    private static boolean flag(String name, Map<String, String> environment) {
        String value = environment.getOrDefault(name, "").trim();
        boolean hidden = value.equalsIgnoreCase("true");
        if (!hidden && !value.isEmpty() && !value.equalsIgnoreCase("false")) {
            warn(name, "true or false", value);
        }
        return hidden;
    }

    private static boolean isSet(String name, Map<String, String> environment) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    private static void warn(String name, String rule, String value) {
        LOGGER.log(
                System.Logger.Level.WARNING,
                name + " is ignored: it must be " + rule + ", was " + value);
    }
}
