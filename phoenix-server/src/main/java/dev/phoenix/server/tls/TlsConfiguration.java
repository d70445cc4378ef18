package dev.phoenix.server.tls;

import dev.phoenix.server.settings.TlsSettings;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean
    Listeners tlsListeners(TlsSettings settings, InstantSource clock) {
        Optional<ServerIdentity> identity =
                settings.files().map(files -> ServerIdentity.load(files, clock));
        return new Listeners(
                identity.filter(_ -> settings.http()), identity.filter(_ -> settings.grpc()));
    }
}
