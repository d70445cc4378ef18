package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Hides API keys and variables of the environment that senders leak into parameters of calls,
 * metadata and resources. What is hidden is not kept.
 */
public final class SecretMask {

    /** What stands where a secret was. */
    public static final String MASKED = "[masked]";

    private static final int MAX_DEPTH = 50;

    private static final List<String> PLACES =
            List.of(
                    "metadata",
                    "invocation_parameters",
                    "invocation_params",
                    "model.parameters",
                    "hidden_params",
                    "request.headers",
                    "request_parameters");

    /** Names that end so hold a secret; {@code user_api_key_hash} and {@code max_tokens} do not. */
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i)(?:^|.*[_.\\-])(?:api[_-]?key|apikey|secret|secret[_-]?(?:access[_-]?)?key"
                            + "|access[_-]?key(?:[_-]?id)?|private[_-]?key|password|passwd"
                            + "|authorization|(?:auth|access|refresh|bearer|session|api)[_-]?token"
                            + "|token|credentials?|cookie)");

    private static final Pattern ENVIRONMENT =
            Pattern.compile(
                    "(?:.*\\.)?(?:LANGSMITH|LANGCHAIN|LANGFUSE|OPENAI|ANTHROPIC|AWS|AZURE|GOOGLE|GEMINI"
                            + "|HF|HUGGINGFACE|COHERE|MISTRAL|GROQ|TOGETHER|PHOENIX|OTEL|TRACELOOP|MLFLOW"
                            + "|LITELLM|DATABASE|POSTGRES|PG)_[A-Z0-9_]+");

    private static final Pattern SECRET_VALUE =
            Pattern.compile(
                    "(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}"
                            + "|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}"
                            + "|hf_[A-Za-z0-9]{20,}|gsk_[A-Za-z0-9]{20,}|lsv2_[a-z]{2}_[A-Za-z0-9_]{20,}|(?i:bearer)"
                            + " [A-Za-z0-9._~+/-]{16,}=*|eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+\\.|-----BEGIN"
                            + " [A-Z ]*PRIVATE KEY");

    /** A name in {@link #SECRET_NAME} ends with one of these; expressions are slow. */
    private static final List<String> ENDS_OF_NAMES =
            List.of(
                    "key",
                    "id",
                    "secret",
                    "password",
                    "passwd",
                    "authorization",
                    "token",
                    "credential",
                    "credentials",
                    "cookie");

    private SecretMask() {}

    /** Whether secrets are looked for under this name of an attribute. */
    public static boolean isPlace(String name) {
        if (name.startsWith("llm.input_m") || name.startsWith("llm.output_m")) {
            return false;
        }
        for (String place : PLACES) {
            if (name.contains(place)) {
                return true;
            }
        }
        return false;
    }

    /** The text without its secrets; null where it has none. */
    public static @Nullable String masked(String name, String text) {
        if (text.isEmpty() || text.equals(MASKED)) {
            return null;
        }
        if (isSecretName(name)) {
            return MASKED;
        }
        if (!SecretHint.isIn(text)) {
            return null;
        }
        JsonNode json = JsonValues.looksLikeJson(text) ? JsonValues.parse(text) : null;
        if (json != null && json.isContainer()) {
            return mask(json, 0) ? json.toString() : null;
        }
        return SECRET_VALUE.matcher(text).find() ? MASKED : null;
    }

    /** The value without its secrets; null where it has none. */
    public static @Nullable JsonNode masked(String name, JsonNode value) {
        if (value.isString()) {
            String masked = masked(name, value.asString());
            return masked == null ? null : StringNode.valueOf(masked);
        }
        JsonNode copy = value.deepCopy();
        return value.isContainer() && mask(copy, 0) ? copy : null;
    }

    /** Looks for the places in what is nested, too; null where nothing is to hide. */
    public static @Nullable JsonNode maskedBelow(String name, JsonNode value) {
        if (isPlace(name)) {
            return masked(name, value);
        }
        if (!value.isObject()) {
            return null;
        }
        ObjectNode copy = (ObjectNode) value.deepCopy();
        boolean found = false;
        for (String member : List.copyOf(copy.propertyNames())) {
            JsonNode masked = maskedBelow(name + "." + member, copy.get(member));
            if (masked != null) {
                copy.set(member, masked);
                found = true;
            }
        }
        return found ? copy : null;
    }

    private static boolean isSecretName(String name) {
        return (endsLikeASecret(name) && SECRET_NAME.matcher(name).matches())
                || (endsLikeAVariable(name) && ENVIRONMENT.matcher(name).matches());
    }

    private static boolean endsLikeASecret(String name) {
        for (String end : ENDS_OF_NAMES) {
            if (name.regionMatches(true, name.length() - end.length(), end, 0, end.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsLikeAVariable(String name) {
        char last = name.isEmpty() ? ' ' : name.charAt(name.length() - 1);
        return SecretHint.isOfVariable(last) && name.indexOf('_') >= 0;
    }

    /** Returns whether something was hidden. */
    private static boolean mask(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        boolean found = false;
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                found |= mask(object.get(name), depth + 1);
                JsonNode masked = hidden(name, object.get(name));
                if (masked != null) {
                    object.set(name, masked);
                    found = true;
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                found |= mask(list.get(i), depth + 1);
                JsonNode masked = hidden("", list.get(i));
                if (masked != null) {
                    list.set(i, masked);
                    found = true;
                }
            }
        }
        return found;
    }

    private static @Nullable JsonNode hidden(String name, JsonNode value) {
        String masked = value.isString() ? masked(name, value.asString()) : null;
        return masked == null ? null : StringNode.valueOf(masked);
    }
}
