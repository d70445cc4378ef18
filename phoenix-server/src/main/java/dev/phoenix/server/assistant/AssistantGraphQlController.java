package dev.phoenix.server.assistant;

import dev.phoenix.server.assistant.SystemSetting.AssistantEnabled;
import dev.phoenix.server.assistant.SystemSetting.GithubEnabled;
import dev.phoenix.server.assistant.SystemSetting.SessionRetention;
import dev.phoenix.server.assistant.SystemSetting.TraceRecording;
import dev.phoenix.server.auth.Caller;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** What admins decide about the assistant, over GraphQL. */
@Controller
class AssistantGraphQlController {

    private final SystemSettings settings;

    AssistantGraphQlController(SystemSettings settings) {
        this.settings = settings;
    }

    /** As the schema shows all of it at once. */
    record AgentsConfig(
            boolean assistantEnabled,
            boolean githubEnabled,
            boolean allowLocalTraces,
            boolean allowRemoteExport,
            @Nullable Integer sessionRetentionMaxIdleDays,
            @Nullable Integer sessionRetentionMaxCountPerUser) {}

    @QueryMapping
    AgentsConfig agentsConfig() {
        Map<String, String> stored = settings.stored();
        TraceRecording traces =
                SystemSettings.read(stored, TraceRecording.class, TraceRecording.DEFAULT);
        SessionRetention kept =
                SystemSettings.read(stored, SessionRetention.class, SessionRetention.DEFAULT);
        return new AgentsConfig(
                SystemSettings.read(stored, AssistantEnabled.class, AssistantEnabled.DEFAULT)
                        .enabled(),
                SystemSettings.read(stored, GithubEnabled.class, GithubEnabled.DEFAULT).enabled(),
                traces.allowLocalTraces(),
                traces.allowRemoteExport(),
                kept.maxIdleDays(),
                kept.maxCountPerUser());
    }

    @MutationMapping
    AssistantEnabled setAgentAssistantEnabled(
            @Argument AssistantEnabled input, DataFetchingEnvironment environment) {
        return stored(input, environment);
    }

    @MutationMapping
    GithubEnabled setAgentGithubEnabled(
            @Argument GithubEnabled input, DataFetchingEnvironment environment) {
        return stored(input, environment);
    }

    @MutationMapping
    TraceRecording setAgentTraceRecording(
            @Argument TraceRecording input, DataFetchingEnvironment environment) {
        return stored(input, environment);
    }

    @MutationMapping
    SessionRetention setAgentSessionRetention(
            @Argument SessionRetention input, DataFetchingEnvironment environment) {
        return stored(input, environment);
    }

    private <T extends SystemSetting> T stored(T setting, DataFetchingEnvironment environment) {
        settings.store(Caller.of(environment), setting);
        return setting;
    }
}
