package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.BrowserSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets the pages of the origins that the operator lists read answers, and all pages those of the
 * few surfaces where no cookie counts. Otherwise no header of CORS is sent.
 */
final class CrossOriginAccess extends OncePerRequestFilter {

    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    private static final String PREFLIGHT_SECONDS = "600";

    /** They are repeated in the answer, whose headers have their own limit. */
    private static final int LONGEST_LIST_OF_HEADERS = 2000;

    private final List<String> origins;

    CrossOriginAccess(BrowserSettings settings) {
        this.origins = settings.allowedOrigins();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return origins.isEmpty() && !OpenSurfaces.include(request);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean allowed =
                OpenSurfaces.include(request)
                        ? allowEverybody(origin, response)
                        : allowListed(origin, response);
        if (isPreflight(request)) {
            answer(request, response, allowed);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean allowEverybody(@Nullable String origin, HttpServletResponse response) {
        if (origin != null) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        return true;
    }

    private boolean allowListed(@Nullable String origin, HttpServletResponse response) {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (origin == null || !isAllowed(origin)) {
            return false;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        return true;
    }

    boolean isAllowed(String origin) {
        return origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader(HttpHeaders.ORIGIN) != null
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, boolean allowed)
            throws IOException {
        if (!allowed) {
            Refusal.write(response, HttpStatus.BAD_REQUEST, "Disallowed CORS origin");
            return;
        }
        String headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null && headers.length() > LONGEST_LIST_OF_HEADERS) {
            Refusal.write(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "Access-Control-Request-Headers must have at most %d characters, had %d"
                            .formatted(LONGEST_LIST_OF_HEADERS, headers.length()));
            return;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        if (headers != null) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        Refusal.write(response, HttpStatus.OK, "OK");
    }
}
