package dev.phoenix.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.settings.IdentityProvider.ClientProof;
import dev.phoenix.server.settings.IdentityProvider.Groups;
import dev.phoenix.server.settings.IdentityProvider.Roles;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {

    private static final Map<String, String> LEAST =
            Map.of(
                    "CLIENT_ID", "phoenix",
                    "CLIENT_SECRET", "pw",
                    "OIDC_CONFIG_URL", "https://x.y/.well-known/openid-configuration");

    @Test
    void defaults_areThoseOfTheContract() {
        assertThat(read(Map.of()))
                .isEqualTo(
                        new IdentityProvider(
                                "my_idp",
                                "My Idp",
                                "phoenix",
                                new ClientProof.SecretInHeader(Secret.of("pw")),
                                URI.create("https://x.y/.well-known/openid-configuration"),
                                true,
                                false,
                                false,
                                List.of("openid", "email", "profile"),
                                "email",
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void everyVariable_isMapped() {
        assertThat(
                        read(
                                Map.ofEntries(
                                        Map.entry("DISPLAY_NAME", "Ours"),
                                        Map.entry("ALLOW_SIGN_UP", "false"),
                                        Map.entry("AUTO_LOGIN", "true"),
                                        Map.entry("USE_PKCE", "true"),
                                        Map.entry(
                                                "TOKEN_ENDPOINT_AUTH_METHOD", "client_secret_post"),
                                        Map.entry("SCOPES", "groups  email offline_access"),
                                        Map.entry("EMAIL_ATTRIBUTE_PATH", "a.b"),
                                        Map.entry("GROUPS_ATTRIBUTE_PATH", "\"cognito:groups\""),
                                        Map.entry("ALLOWED_GROUPS", "ops, dev,ops"),
                                        Map.entry("ROLE_ATTRIBUTE_PATH", "'MEMBER'"),
                                        Map.entry("ROLE_MAPPING", "urn:a:b:ADMIN,Staff: member"),
                                        Map.entry("ROLE_ATTRIBUTE_STRICT", "true"),
                                        Map.entry("ROLE_RESYNC", "false"))))
                .isEqualTo(
                        new IdentityProvider(
                                "my_idp",
                                "Ours",
                                "phoenix",
                                new ClientProof.SecretInBody(Secret.of("pw")),
                                URI.create("https://x.y/.well-known/openid-configuration"),
                                false,
                                true,
                                true,
                                List.of("openid", "email", "profile", "groups", "offline_access"),
                                "a.b",
                                Optional.of(
                                        new Groups("\"cognito:groups\"", List.of("ops", "dev"))),
                                Optional.of(
                                        new Roles(
                                                "'MEMBER'",
                                                Map.of(
                                                        "urn:a:b", AssignableRole.ADMIN,
                                                        "Staff", AssignableRole.MEMBER),
                                                true,
                                                false))));
    }

    @Test
    void providers_areSortedAndNamedAsPeopleKnowThem() {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of("MICROSOFT_ENTRA_ID", "AWS_COGNITO", "google")) {
            environment.putAll(environment(name, Map.of()));
        }
        environment.put("PHOENIX_OAUTH2_EMPTY_CLIENT_ID", " ");
        environment.put("PHOENIX_OAUTH2_GRANT_EXPIRY_DAYS", "90");
        assertThat(Settings.load(environment).oidc().providers())
                .extracting(IdentityProvider::displayName)
                .containsExactlyInAnyOrder("AWS Cognito", "Google", "Microsoft Entra ID");
    }

    @Test
    void assertionFile_isFoundDirectlyOrThroughAnotherVariable() {
        Map<String, String> direct =
                Map.of(
                        "CLIENT_SECRET", "",
                        "TOKEN_ENDPOINT_AUTH_METHOD", "client_assertion_jwt",
                        "CLIENT_ASSERTION_FILE", "/run/token");
        assertThat(read(direct).proof())
                .isEqualTo(new ClientProof.AssertionFile(Secret.of("/run/token")));
        Map<String, String> indirect = indirect();
        indirect.put("AZURE_FEDERATED_TOKEN_FILE", "/run/secret-place");
        IdentityProvider provider = Settings.load(indirect).oidc().providers().getFirst();
        assertThat(provider.proof())
                .isEqualTo(new ClientProof.AssertionFile(Secret.of("/run/secret-place")));
        assertThat(provider.toString()).doesNotContain("secret-place");
    }

    @Test
    void indirectFile_isNeverEchoed() {
        Map<String, String> environment = indirect();
        environment.put("AZURE_FEDERATED_TOKEN_FILE", "relative/secret-place");
        assertThatThrownBy(() -> Settings.load(environment))
                .hasMessageContaining("must be an absolute path")
                .hasMessageNotContaining("secret-place");
        environment.remove("AZURE_FEDERATED_TOKEN_FILE");
        assertThatThrownBy(() -> Settings.load(environment))
                .hasMessageContaining("names AZURE_FEDERATED_TOKEN_FILE, which is not set");
    }

    private static Map<String, String> indirect() {
        return environment(
                "MY_IDP",
                Map.of(
                        "TOKEN_ENDPOINT_AUTH_METHOD", "client_assertion_jwt",
                        "CLIENT_ASSERTION_FILE_ENV_VAR", "AZURE_FEDERATED_TOKEN_FILE"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLIENT_ID||PHOENIX_OAUTH2_MY_IDP_CLIENT_ID is required",
                "CLIENT_SECRET||PHOENIX_OAUTH2_MY_IDP_CLIENT_SECRET is required",
                "OIDC_CONFIG_URL||PHOENIX_OAUTH2_MY_IDP_OIDC_CONFIG_URL is required",
                "OIDC_CONFIG_URL|http://idp.example.com|must be an https URL",
                "OIDC_CONFIG_URL|ftp://x|must be a URL with http or https",
                "TOKEN_ENDPOINT_AUTH_METHOD|private_key_jwt|must be one of client_secret_basic, client_secret_post, none, client_assertion_jwt",
                "TOKEN_ENDPOINT_AUTH_METHOD|none|nothing but PKCE protects a log-in",
                "TOKEN_ENDPOINT_AUTH_METHOD|client_assertion_jwt|exactly one of",
                "CLIENT_ASSERTION_FILE|/x|exactly one of",
                "EMAIL_ATTRIBUTE_PATH|a..b|must be a JMESPath expression, was 'a..b': put keys with special characters into double quotes",
                "GROUPS_ATTRIBUTE_PATH|groups|belong together",
                "ALLOWED_GROUPS|a|belong together",
                "ROLE_MAPPING|a:ADMIN|set PHOENIX_OAUTH2_MY_IDP_ROLE_ATTRIBUTE_PATH",
                "ROLE_ATTRIBUTE_STRICT|true|set PHOENIX_OAUTH2_MY_IDP_ROLE_ATTRIBUTE_PATH",
                "ROLE_RESYNC|false|set PHOENIX_OAUTH2_MY_IDP_ROLE_ATTRIBUTE_PATH",
                "ROLE_MAPPING|a:SYSTEM|must map their roles to ADMIN, MEMBER or VIEWER",
                "ROLE_MAPPING|ADMIN|must map their roles to ADMIN, MEMBER or VIEWER",
                "USE_PKCE|yes|must be TRUE or FALSE"
            })
    void wrongValue_isExplained(String suffix, String value, String part) {
        assertThatThrownBy(() -> read(Map.of(suffix, value == null ? "" : value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"})
    void loopback_needsNoEncryption(String url) {
        assertThat(read(Map.of("OIDC_CONFIG_URL", url)).discovery()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTHORIZE", "token", "REVOKE", "REGISTER", "Consent"})
    void ownAddresses_areNoProviders(String name) {
        assertThatThrownBy(() -> Settings.load(environment(name, Map.of())))
                .hasMessageContaining("belongs to this server");
    }

    @Test
    void onlyOneProvider_isAskedUnasked() {
        Map<String, String> environment = environment("A", Map.of("AUTO_LOGIN", "true"));
        environment.putAll(environment("B", Map.of("AUTO_LOGIN", "true")));
        assertThatThrownBy(() -> Settings.load(environment))
                .hasMessageContaining("AUTO_LOGIN may be TRUE for one provider only, was for a, b");
    }

    @Test
    void clientId_isOfOneProviderOnly() {
        Map<String, String> environment = environment("A", Map.of());
        environment.putAll(environment("B", Map.of()));
        assertThat(Settings.load(environment).oidc().providers()).hasSize(2);
        environment.put("PHOENIX_OAUTH2_B_OIDC_CONFIG_URL", "https://other.example.com");
        assertThatThrownBy(() -> Settings.load(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must differ between providers, but a and b have 'phoenix'");
    }

    @Test
    void oneProvider_isWrittenInOneWay() {
        Map<String, String> environment = environment("google", Map.of());
        environment.putAll(environment("GOOGLE", Map.of()));
        assertThatThrownBy(() -> Settings.load(environment))
                .hasMessageContaining("'google' must be written in one way");
    }

    private static IdentityProvider read(Map<String, String> overrides) {
        return Settings.load(environment("MY_IDP", overrides)).oidc().providers().getFirst();
    }

    private static Map<String, String> environment(String idp, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>();
        LEAST.forEach(
                (suffix, value) ->
                        environment.put("PHOENIX_OAUTH2_%s_%s".formatted(idp, suffix), value));
        overrides.forEach(
                (suffix, value) ->
                        environment.put("PHOENIX_OAUTH2_%s_%s".formatted(idp, suffix), value));
        environment.values().removeIf(String::isEmpty);
        return environment;
    }
}
