package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.settings.IdentityProvider;
import dev.phoenix.server.settings.OidcSettings;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The identity providers by name, each with what it has told about itself. */
@Component
class Providers {

    private static final Logger log = LoggerFactory.getLogger(Providers.class);

    private final ProviderHttp http = new ProviderHttp();
    private final Map<String, OidcClient> clients;

    Providers(OidcSettings settings, InstantSource clock) {
        warnOfSharedClientIds(settings);
        this.clients =
                settings.providers().stream()
                        .map(provider -> new OidcClient(provider, http, clock))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        client -> client.provider().name(), Function.identity()));
    }

    /**
     * Accounts are known by client id and subject, and subjects are unique at one provider only.
     */
    private static void warnOfSharedClientIds(OidcSettings settings) {
        settings.providers().stream()
                .collect(Collectors.groupingBy(IdentityProvider::clientId))
                .forEach(
                        (clientId, sharing) -> {
                            if (sharing.size() > 1) {
                                log.warn(
                                        "{} have the same client id {}: people with the same"
                                                + " subject at both would share an account. Register a"
                                                + " client of its own for each.",
                                        sharing.stream().map(IdentityProvider::name).toList(),
                                        clientId);
                            }
                        });
    }

    Optional<OidcClient> find(String name) {
        return Optional.ofNullable(clients.get(name));
    }

    @PreDestroy
    void stop() {
        http.close();
    }
}
