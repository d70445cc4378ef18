package dev.phoenix.server.assistant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import org.jspecify.annotations.Nullable;

/** A decision that is stored as JSON under its key; these are the names that databases have. */
sealed interface SystemSetting {

    String key();

    /** Refuses what makes no sense. */
    default void check() {}

    /** Whether there is an assistant at all. */
    record AssistantEnabled(boolean enabled) implements SystemSetting {

        static final String KEY = "agent.assistant.enabled";
        static final AssistantEnabled DEFAULT = new AssistantEnabled(true);

        @Override
        public String key() {
            return KEY;
        }
    }

    /** Whether the assistant may use GitHub. */
    record GithubEnabled(boolean enabled) implements SystemSetting {

        static final String KEY = "agent.assistant.github";
        static final GithubEnabled DEFAULT = new GithubEnabled(true);

        @Override
        public String key() {
            return KEY;
        }
    }

    /** Where traces of the assistant may go. */
    record TraceRecording(
            @JsonProperty("allow_local_traces") boolean allowLocalTraces,
            @JsonProperty("allow_remote_export") boolean allowRemoteExport)
            implements SystemSetting {

        static final String KEY = "agent.assistant.trace_recording";
        static final TraceRecording DEFAULT = new TraceRecording(false, false);

        @Override
        public String key() {
            return KEY;
        }
    }

    /**
     * How long conversations are kept, and how many.
     *
     * @param maxIdleDays null for ever
     * @param maxCountPerUser null for all
     */
    record SessionRetention(
            @JsonProperty("max_idle_days") @Nullable Integer maxIdleDays,
            @JsonProperty("max_count_per_user") @Nullable Integer maxCountPerUser)
            implements SystemSetting {

        static final String KEY = "agent.assistant.session_retention";
        static final SessionRetention DEFAULT = new SessionRetention(30, 30);

        @Override
        public void check() {
            check("maxIdleDays", maxIdleDays);
            check("maxCountPerUser", maxCountPerUser);
        }

        private static void check(String name, @Nullable Integer value) {
            if (value != null && value < 1) {
                throw ApiException.badRequest(
                        "%s must be at least 1, or null for no limit, was %d"
                                .formatted(name, value));
            }
        }

        @Override
        public String key() {
            return KEY;
        }
    }
}
