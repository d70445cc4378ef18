package dev.phoenix.otel;

import dev.phoenix.core.openinference.OpenInference;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all spans of a stretch of work share: session, user, tags, metadata, prompt template. Spans
 * started by an {@link OiTracer} inside take it on.
 *
 * <pre>{@code
 * try (Scope scope = OiContext.builder().sessionId("s-1").userId("ada").open()) {
 *     assistant.chat(question);
 * }
 * }</pre>
 *
 * <p>Scopes nest: an inner one adds to the outer one or overrides it key by key, and closing
 * restores what was. The values travel in the OpenTelemetry {@link Context}, so they follow it to
 * other threads ({@code Context.taskWrapping(executor)}).
 */
public final class OiContext {

    private static final ContextKey<Map<String, Object>> ATTRIBUTES =
            ContextKey.named("phoenix-attributes");
    private static final ContextKey<Boolean> SUPPRESSED = ContextKey.named("phoenix-suppressed");

    private OiContext() {}

    public static Builder builder() {
        return new Builder();
    }

    /** Until the scope is closed no span is recorded, whoever starts it. */
    @SuppressWarnings("MustBeClosedChecker") // the caller closes it
    public static Scope suppressTracing() {
        return Context.current().with(SUPPRESSED, true).makeCurrent();
    }

    /** The attributes that spans started in a context take on. */
    public static Map<String, Object> attributes(Context context) {
        Map<String, Object> attributes = context.get(ATTRIBUTES);
        return attributes == null ? Map.of() : attributes;
    }

    /** Whether spans started in a context are not recorded. */
    public static boolean isSuppressed(Context context) {
        return context.get(SUPPRESSED) != null;
    }

    /** Null and empty values are left out, so that they override nothing. */
    public static final class Builder {

        private final Map<String, Object> attributes = new LinkedHashMap<>();

        private Builder() {}

        public Builder sessionId(@Nullable String id) {
            return put(OpenInference.SESSION_ID, id);
        }

        public Builder userId(@Nullable String id) {
            return put(OpenInference.USER_ID, id);
        }

        /** Written as JSON text. */
        public Builder metadata(Map<String, ?> metadata) {
            return metadata.isEmpty() ? this : put(OpenInference.METADATA, JsonText.of(metadata));
        }

        public Builder tags(String... tags) {
            return tags(List.of(tags));
        }

        public Builder tags(Collection<String> tags) {
            return tags.isEmpty() ? this : put(OpenInference.TAG_TAGS, List.copyOf(tags));
        }

        public Builder promptTemplate(@Nullable String template) {
            return put(OpenInference.LLM_PROMPT_TEMPLATE, template);
        }

        public Builder promptTemplateVersion(@Nullable String version) {
            return put(OpenInference.LLM_PROMPT_TEMPLATE_VERSION, version);
        }

        /** Written as JSON text. */
        public Builder promptTemplateVariables(Map<String, ?> variables) {
            return variables.isEmpty()
                    ? this
                    : put(OpenInference.LLM_PROMPT_TEMPLATE_VARIABLES, JsonText.of(variables));
        }

        /** A context that adds these values to those of another. */
        public Context storeIn(Context context) {
            Map<String, Object> merged = new LinkedHashMap<>(OiContext.attributes(context));
            merged.putAll(attributes);
            return context.with(ATTRIBUTES, Collections.unmodifiableMap(merged));
        }

        /** Makes the values current on this thread until the scope is closed. */
        @SuppressWarnings("MustBeClosedChecker") // the caller closes it
        public Scope open() {
            return storeIn(Context.current()).makeCurrent();
        }

        private Builder put(String key, @Nullable Object value) {
            if (value != null && !value.equals("")) {
                attributes.put(key, value);
            }
            return this;
        }
    }
}
