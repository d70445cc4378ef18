package dev.phoenix.server.ops;

import dev.phoenix.server.settings.Version;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells every client whom it speaks to; published clients choose features by the first of these
 * headers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class VersionHeaders extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Version version = Version.current();
        response.setHeader("x-phoenix-server-version", version.contract());
        response.setHeader("x-phoenix-java-version", version.own());
        response.setHeader("x-colab-notebook-cache-control", "no-cache");
        chain.doFilter(request, response);
    }
}
