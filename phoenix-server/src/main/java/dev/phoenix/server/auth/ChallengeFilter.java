package dev.phoenix.server.auth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Adds to every 401, whoever answers it, where clients learn how to log in. */
final class ChallengeFilter extends OncePerRequestFilter {

    private final PublicOrigin origin;

    ChallengeFilter(PublicOrigin origin) {
        this.origin = origin;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new Challenging(request, response));
    }

    private final class Challenging extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        Challenging(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void setStatus(int status) {
            challenge(status);
            super.setStatus(status);
        }

        @Override
        public void sendError(int status) throws IOException {
            challenge(status);
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            challenge(status);
            super.sendError(status, message);
        }

        private void challenge(int status) {
            if (status == SC_UNAUTHORIZED) {
                setHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer realm=\"Arize Phoenix\""
                                + origin.ofValid(request)
                                        .map(ChallengeFilter::metadata)
                                        .orElse(""));
            }
        }
    }

    private static String metadata(String origin) {
        return ", resource_metadata=\"%s/.well-known/oauth-protected-resource\"".formatted(origin);
    }
}
