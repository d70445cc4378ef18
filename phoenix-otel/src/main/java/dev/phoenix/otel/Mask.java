package dev.phoenix.otel;

import static dev.phoenix.core.openinference.OpenInference.EMBEDDING_EMBEDDINGS;
import static dev.phoenix.core.openinference.OpenInference.EMBEDDING_TEXT;
import static dev.phoenix.core.openinference.OpenInference.EMBEDDING_VECTOR;
import static dev.phoenix.core.openinference.OpenInference.INPUT_MIME_TYPE;
import static dev.phoenix.core.openinference.OpenInference.INPUT_VALUE;
import static dev.phoenix.core.openinference.OpenInference.LLM_CHOICES;
import static dev.phoenix.core.openinference.OpenInference.LLM_INPUT_MESSAGES;
import static dev.phoenix.core.openinference.OpenInference.LLM_INVOCATION_PARAMETERS;
import static dev.phoenix.core.openinference.OpenInference.LLM_OUTPUT_MESSAGES;
import static dev.phoenix.core.openinference.OpenInference.LLM_PROMPTS;
import static dev.phoenix.core.openinference.OpenInference.LLM_TOOLS;
import static dev.phoenix.core.openinference.OpenInference.MESSAGE_CONTENT;
import static dev.phoenix.core.openinference.OpenInference.MESSAGE_CONTENT_IMAGE_URL;
import static dev.phoenix.core.openinference.OpenInference.MESSAGE_CONTENT_TEXT;
import static dev.phoenix.core.openinference.OpenInference.OUTPUT_MIME_TYPE;
import static dev.phoenix.core.openinference.OpenInference.OUTPUT_VALUE;

import java.net.URI;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Applies a {@link TraceConfig} to one attribute at a time; the first rule that fits decides. */
record Mask(TraceConfig config) {

    static final String REDACTED = "__REDACTED__";

    private static final Pattern DATA_URL =
            Pattern.compile("data:([^;,]*)[^,]*;base64,(.*)", Pattern.DOTALL);

    private enum Verdict {
        KEEP,
        REDACT,
        DROP
    }

    /** The value to write, or null for none. A supplier is only asked if its value is kept. */
    @Nullable Object apply(String key, Object value) {
        return switch (verdict(key)) {
            case DROP -> null;
            case REDACT -> REDACTED;
            case KEEP -> image(key, value instanceof Supplier<?> lazy ? lazy.get() : value);
        };
    }

    private Verdict verdict(String key) {
        boolean input = key.startsWith(LLM_INPUT_MESSAGES);
        boolean output = key.startsWith(LLM_OUTPUT_MESSAGES);
        if (key.equals(LLM_INVOCATION_PARAMETERS) && hides(Hide.LLM_INVOCATION_PARAMETERS)) {
            return Verdict.DROP;
        }
        if (key.startsWith(LLM_TOOLS) && hides(Hide.INPUTS, Hide.LLM_TOOLS)) {
            return Verdict.DROP;
        }
        if (hides(Hide.INPUTS) && (key.equals(INPUT_VALUE) || key.equals(INPUT_MIME_TYPE))) {
            return key.equals(INPUT_VALUE) ? Verdict.REDACT : Verdict.DROP;
        }
        if (hides(Hide.OUTPUTS) && (key.equals(OUTPUT_VALUE) || key.equals(OUTPUT_MIME_TYPE))) {
            return key.equals(OUTPUT_VALUE) ? Verdict.REDACT : Verdict.DROP;
        }
        if (input && hides(Hide.INPUTS, Hide.INPUT_MESSAGES)) {
            return Verdict.DROP;
        }
        if (key.startsWith(LLM_PROMPTS) && hides(Hide.PROMPTS)) {
            return Verdict.REDACT;
        }
        if (output && hides(Hide.OUTPUTS, Hide.OUTPUT_MESSAGES)) {
            return Verdict.DROP;
        }
        if (key.startsWith(LLM_CHOICES) && hides(Hide.CHOICES)) {
            return Verdict.REDACT;
        }
        if (isText(key) && (input && hides(Hide.INPUT_TEXT) || output && hides(Hide.OUTPUT_TEXT))) {
            return Verdict.REDACT;
        }
        if (input && key.contains("message_content.image") && hides(Hide.INPUT_IMAGES)) {
            return Verdict.DROP;
        }
        return embedding(key);
    }

    private Verdict embedding(String key) {
        boolean hidden =
                key.startsWith(EMBEDDING_EMBEDDINGS)
                        && (key.endsWith(EMBEDDING_VECTOR) && hides(Hide.EMBEDDINGS_VECTORS)
                                || key.endsWith(EMBEDDING_TEXT) && hides(Hide.EMBEDDINGS_TEXT));
        return hidden ? Verdict.REDACT : Verdict.KEEP;
    }

    private boolean hides(Hide... anyOf) {
        for (Hide part : anyOf) {
            if (config.hides(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(String key) {
        return key.endsWith(MESSAGE_CONTENT) || key.endsWith(MESSAGE_CONTENT_TEXT);
    }

    private @Nullable Object image(String key, @Nullable Object value) {
        if (!key.endsWith(MESSAGE_CONTENT_IMAGE_URL)
                || !(value instanceof String url)
                || url.length() <= config.base64ImageMaxLength()) {
            return value;
        }
        Matcher matcher = DATA_URL.matcher(url);
        return matcher.matches() ? upload(matcher.group(1), matcher.group(2)) : value;
    }

    private Object upload(String mimeType, String base64) {
        try {
            return config.blobUploader()
                    .flatMap(
                            uploader ->
                                    uploader.upload(
                                            mimeType, Base64.getMimeDecoder().decode(base64)))
                    .map(URI::toString)
                    .orElse(REDACTED);
        } catch (RuntimeException e) {
            // Neither broken base64 nor a failing uploader may break the traced call.
            return REDACTED;
        }
    }
}
