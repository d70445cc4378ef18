package dev.phoenix.server.ui;

import dev.phoenix.server.auth.oidc.LoginError;
import dev.phoenix.server.settings.LdapSettings;
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
        List<Idp> oAuth2Idps,
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

    /** A button that leads to an identity provider. */
    record Idp(String name, String displayName) {}

    /** There is neither an assistant nor an MCP endpoint. */
    static PageConfig of(Settings settings) {
        boolean authentication = settings.auth().enabled();
        return new PageConfig(
                settings.network().rootPath(),
                Version.current().contract(),
                authentication,
                authentication ? idps(settings) : List.of(),
                authentication && settings.mail().smtp().isPresent(),
                authentication && !settings.passwords().enabled(),
                authentication && settings.ldap().isPresent(),
                authentication && settings.ldap().filter(PageConfig::hasAddresses).isPresent(),
                settings.ui().managementUrl().map(Object::toString).orElse(null),
                settings.mail().supportAddress().orElse(null),
                false,
                settings.ui().allowExternalResources(),
                true,
                true,
                false,
                false,
                authentication ? LoginError.texts() : Map.of());
    }

    private static List<Idp> idps(Settings settings) {
        return settings.oidc().providers().stream()
                .map(provider -> new Idp(provider.name(), provider.displayName()))
                .toList();
    }

    /** Without them nobody can be told apart before they log in. */
    private static boolean hasAddresses(LdapSettings ldap) {
        return ldap.users().email().isPresent();
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
