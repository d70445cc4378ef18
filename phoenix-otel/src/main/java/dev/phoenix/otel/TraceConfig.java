package dev.phoenix.otel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept out of spans before it leaves the process.
 *
 * <pre>{@code
 * PhoenixOtel.builder()
 *         .traceConfig(TraceConfig.builder().hide(Hide.INPUTS, Hide.EMBEDDINGS_VECTORS).build())
 *         .register();
 * }</pre>
 *
 * <p>What the code leaves open is read from the environment ({@code
 * OPENINFERENCE_HIDE_INPUTS=true}, {@code OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH=32000}). It
 * concerns spans made by an {@link OiTracer}, not those of other instrumentations.
 */
public final class TraceConfig {

    private static final int DEFAULT_MAX_IMAGE_LENGTH = 32_000;

    private final Set<Hide> hidden;
    private final int base64ImageMaxLength;
    private final Optional<BlobUploader> blobUploader;

    private TraceConfig(Builder builder) {
        Set<Hide> all = EnumSet.noneOf(Hide.class);
        for (Hide part : Hide.values()) {
            Boolean chosen = builder.chosen.get(part);
            if (chosen != null ? chosen : TraceEnvironment.hides(part, builder.environment)) {
                all.add(part);
            }
        }
        hidden = Collections.unmodifiableSet(all);
        base64ImageMaxLength =
                builder.base64ImageMaxLength != null
                        ? builder.base64ImageMaxLength
                        : TraceEnvironment.base64ImageMaxLength(builder.environment)
                                .orElse(DEFAULT_MAX_IMAGE_LENGTH);
        blobUploader = Optional.ofNullable(builder.blobUploader);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What is kept out. */
    public Set<Hide> hidden() {
        return hidden;
    }

    /** From how many characters on a {@code data:…;base64,…} image is uploaded or redacted. */
    public int base64ImageMaxLength() {
        return base64ImageMaxLength;
    }

    Optional<BlobUploader> blobUploader() {
        return blobUploader;
    }

    boolean hides(Hide part) {
        return hidden.contains(part);
    }

    /** Choices made in code; they win over the environment. */
    public static final class Builder {

        private final Map<Hide, Boolean> chosen = new EnumMap<>(Hide.class);
        private Map<String, String> environment = System.getenv();
        private @Nullable Integer base64ImageMaxLength;
        private @Nullable BlobUploader blobUploader;

        private Builder() {}

        public Builder hide(Hide... parts) {
            return choose(true, parts);
        }

        /** Shows parts that the environment would hide. */
        public Builder show(Hide... parts) {
            return choose(false, parts);
        }

        /**
         * @param characters 0 or more
         */
        public Builder base64ImageMaxLength(int characters) {
            if (characters < 0) {
                throw new IllegalArgumentException(
                        "base64ImageMaxLength must be 0 or more, was " + characters);
            }
            base64ImageMaxLength = characters;
            return this;
        }

        /** Where images go that are too large; without it they are redacted. */
        public Builder blobUploader(BlobUploader uploader) {
            blobUploader = uploader;
            return this;
        }

        /** The variables to read instead of those of this process. */
        public Builder env(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        public TraceConfig build() {
            return new TraceConfig(this);
        }

        private Builder choose(boolean hidden, Hide... parts) {
            for (Hide part : parts) {
                chosen.put(part, hidden);
            }
            return this;
        }
    }
}
