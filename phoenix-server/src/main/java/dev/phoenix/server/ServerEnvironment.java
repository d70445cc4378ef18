package dev.phoenix.server;

import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * Spring is configured by the jar alone. Neither its variables nor an {@code
 * application.properties} in the current folder, which may belong to another program, changes this
 * server.
 */
final class ServerEnvironment extends StandardServletEnvironment {

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        sources.addFirst(
                new MapPropertySource(
                        "server",
                        Map.of("spring.config.location", "classpath:/application.properties")));
    }
}
