package dev.phoenix.server.auth.browser;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that a proxy in front may read differently. Segments are decoded once, by whoever
 * handles them; names in them may otherwise hold anything.
 */
final class PathGuard extends OncePerRequestFilter {

    private static final Pattern DOT_SEGMENT =
            Pattern.compile("/(\\.|%2e){1,2}(;[^/]*)?(/|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUL = Pattern.compile("%00|\0");
    private static final Pattern SLASH = Pattern.compile("%2f", Pattern.CASE_INSENSITIVE);

    /** No name that can be looked up is longer; challenges and links repeat it. */
    private static final int LONGEST_NAME = 253;

    /** The page's own addresses hold no names that are looked up here. */
    private static final Pattern API =
            Pattern.compile("/(v1|graphql|auth|oauth2|mcp|\\.well-known)(/.*)?", Pattern.DOTALL);

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (request.getServerName().length() > LONGEST_NAME) {
            refuse(response, "a Host must have at most %d characters".formatted(LONGEST_NAME));
        } else if (DOT_SEGMENT.matcher(path).find()) {
            refuse(response, "a path must not have . or .. segments; write the path without them");
        } else if (NUL.matcher(path).find()) {
            refuse(response, "a path must not have the NUL character; remove %00");
        } else if (SLASH.matcher(path).find() && API.matcher(request.getServletPath()).matches()) {
            refuse(
                    response,
                    "a path must not have an encoded slash (%2F); name the object by its id instead");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, String message) throws IOException {
        Refusal.write(response, HttpStatus.BAD_REQUEST, message);
    }
}
