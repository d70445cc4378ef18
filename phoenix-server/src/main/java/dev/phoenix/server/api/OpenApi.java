package dev.phoenix.server.api;

import dev.phoenix.server.settings.NetworkSettings;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code /openapi.json}: what clients are generated from. */
@Configuration(proxyBeanMethods = false)
class OpenApi {

    /** The server is named by its path: behind a proxy nothing else of its URL is certain. */
    @Bean
    OpenAPI document(NetworkSettings network) {
        String path = network.rootPath().isEmpty() ? "/" : network.rootPath();
        return new OpenAPI()
                .info(new Info().title("REST API").version("1.0"))
                .addServersItem(new Server().url(path));
    }

    @Bean
    OpenApiCustomizer errors() {
        return document -> document.getPaths().forEach(OpenApi::addErrors);
    }

    /** The document is rarely asked for, and what writes it is slow to build. */
    @Bean
    static BeanDefinitionRegistryPostProcessor lazyDocument() {
        return registry -> {
            // All it does is advise to switch the document off.
            registry.removeBeanDefinition("springDocAppInitializer");
            registry.getBeanDefinition("openApiResource").setDependsOn("modelConverterRegistrar");
            for (String name : registry.getBeanDefinitionNames()) {
                BeanDefinition bean = registry.getBeanDefinition(name);
                if ((name + bean.getFactoryBeanName()).contains("springdoc")) {
                    bean.setLazyInit(true);
                }
            }
        };
    }

    private static void addErrors(String path, PathItem item) {
        for (Operation operation : item.readOperations()) {
            addError(operation, "401", "Unauthorized");
            addError(operation, "403", "Forbidden");
            if (path.contains("{")) {
                addError(operation, "404", "Not Found");
            }
            addError(operation, "422", "Unprocessable Content");
        }
    }

    private static void addError(Operation operation, String status, String reason) {
        MediaType text = new MediaType().schema(new StringSchema());
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(reason)
                                .content(new Content().addMediaType("text/plain", text)));
    }
}
