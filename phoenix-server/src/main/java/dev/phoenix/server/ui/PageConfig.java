package dev.phoenix.server.ui;

import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the page is told before it asks anything, as {@code window.Config}.
 *
 * @param basename the root path, put before every address the page builds
 */
record PageConfig(
        String basename,
        String platformVersion,
        boolean authenticationEnabled,
        List<String> oAuth2Idps,
        boolean passwordResetEmailEnabled,
        boolean basicAuthDisabled,
        boolean ldapEnabled,
        boolean ldapManualUserCreationEnabled,
        @Nullable String managementUrl,
        @Nullable String supportEmail,
        boolean hasDbThreshold,
        boolean allowExternalResources,
        boolean agentAssistantDisabled,
        boolean agentBashDisabled,
        boolean mcpServerEnabled,
        boolean mcpCodeModeEnabled,
        Map<String, String> authErrorMessages) {

    /** Everybody is let in and there is neither an assistant nor an MCP endpoint. */
    static PageConfig of(Settings settings) {
        return new PageConfig(
                settings.network().rootPath(),
                Version.current().contract(),
                false,
                List.of(),
                false,
                false,
                false,
                false,
                null,
                null,
                false,
                settings.ui().allowExternalResources(),
                true,
                true,
                false,
                false,
                Map.of());
    }

    /** A statement that no value can break out of. */
    String script(JsonMapper json) {
        String value =
                json.writeValueAsString(this)
                        .replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026")
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029");
        return "window.Config=" + value + ";";
    }
}
