package dev.phoenix.server.ops;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Duration and failures of HTTP requests, by route rather than path: names in paths would never
 * end.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class RequestMetrics extends OncePerRequestFilter {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Summary duration;
    private final Counter exceptions;

    RequestMetrics(PrometheusRegistry registry) {
        duration =
                Summary.builder()
                        .name("starlette_requests_processing_time_seconds_summary")
                        .help("Duration of HTTP requests")
                        .labelNames("method", "path")
                        .register(registry);
        exceptions =
                Counter.builder()
                        .name("starlette_exceptions")
                        .help("Unexpected exceptions of HTTP requests")
                        .labelNames("method", "path", "exception_type")
                        .register(registry);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long start = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            String route = route(request);
            duration.labelValues(request.getMethod(), route)
                    .observe((System.nanoTime() - start) / NANOS_PER_SECOND);
            if (response.getStatus() >= 500
                    && request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE)
                            instanceof Exception cause) {
                exceptions
                        .labelValues(request.getMethod(), route, cause.getClass().getSimpleName())
                        .inc();
            }
        }
    }

    private static String route(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                        instanceof String pattern
                ? pattern
                : "unmatched";
    }
}
