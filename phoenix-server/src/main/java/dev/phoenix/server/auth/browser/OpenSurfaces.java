package dev.phoenix.server.auth.browser;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** What programs and pages of all sites use on purpose; no cookie counts there. */
final class OpenSurfaces {

    private static final Pattern PATHS =
            Pattern.compile("/oauth2/(register|token|revoke)|/mcp(/.*)?|/\\.well-known/.*");

    private OpenSurfaces() {}

    static boolean include(HttpServletRequest request) {
        return PATHS.matcher(request.getServletPath()).matches();
    }
}
