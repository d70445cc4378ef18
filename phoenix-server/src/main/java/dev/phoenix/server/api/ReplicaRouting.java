package dev.phoenix.server.api;

import dev.phoenix.server.db.ReplicaReads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What may be read from a replica: GET requests of the REST API, after the caller is known. Who
 * changes something reads where it was written, and so does GraphQL, whose fields are fetched on
 * threads of their own.
 */
@Configuration(proxyBeanMethods = false)
class ReplicaRouting implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Reads())
                .addPathPatterns("/v1/**")
                .order(Ordered.LOWEST_PRECEDENCE);
    }

    private static final class Reads implements AsyncHandlerInterceptor {

        @Override
        public boolean preHandle(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            if (reads) {
                ReplicaReads.begin();
            }
            return true;
        }

        /** An answer that goes on without this thread, such as a stream of events. */
        @Override
        public void afterConcurrentHandlingStarted(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            ReplicaReads.end();
        }

        @Override
        public void afterCompletion(
                HttpServletRequest request,
                HttpServletResponse response,
                Object handler,
                @Nullable Exception failure) {
            ReplicaReads.end();
        }
    }
}
