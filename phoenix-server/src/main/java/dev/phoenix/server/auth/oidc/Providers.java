package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.settings.OidcSettings;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The identity providers by name, each with what it has told about itself. */
@Component
class Providers {

    private final ProviderHttp http = new ProviderHttp();
    private final Map<String, OidcClient> clients;

    Providers(OidcSettings settings, InstantSource clock) {
        this.clients =
                settings.providers().stream()
                        .map(provider -> new OidcClient(provider, http, clock))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        client -> client.provider().name(), Function.identity()));
    }

    Optional<OidcClient> find(String name) {
        return Optional.ofNullable(clients.get(name));
    }

    @PreDestroy
    void stop() {
        http.close();
    }
}
