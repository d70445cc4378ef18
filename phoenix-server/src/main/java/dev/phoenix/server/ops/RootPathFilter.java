package dev.phoenix.server.ops;

import dev.phoenix.server.settings.NetworkSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves below the root path whether or not the proxy in front strips it: every request is shown to
 * the rest of the server as if it came with the root path, as its context path.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RootPathFilter extends OncePerRequestFilter {

    private final String rootPath;

    RootPathFilter(NetworkSettings network) {
        this.rootPath = network.rootPath();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return rootPath.isEmpty();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Rooted(request, rootPath), response);
    }

    private static final class Rooted extends HttpServletRequestWrapper {

        private final String rootPath;
        private final HttpServletRequest original;

        Rooted(HttpServletRequest request, String rootPath) {
            super(request);
            this.original = request;
            this.rootPath = rootPath;
        }

        @Override
        public String getContextPath() {
            return rootPath;
        }

        @Override
        public String getRequestURI() {
            return rootPath + strip(original.getRequestURI());
        }

        @Override
        public String getServletPath() {
            return strip(original.getServletPath());
        }

        private String strip(String path) {
            if (path.equals(rootPath)) {
                return "/";
            }
            return path.startsWith(rootPath + "/") ? path.substring(rootPath.length()) : path;
        }
    }
}
