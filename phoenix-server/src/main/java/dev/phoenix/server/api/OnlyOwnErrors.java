package dev.phoenix.server.api;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver;

/**
 * {@link ErrorResponses} answers every failure. What it throws on must reach the container:
 * Spring's own last resort would call an answer that broke off complete.
 */
@Configuration(proxyBeanMethods = false)
class OnlyOwnErrors implements WebMvcConfigurer {

    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.removeIf(DefaultHandlerExceptionResolver.class::isInstance);
    }
}
