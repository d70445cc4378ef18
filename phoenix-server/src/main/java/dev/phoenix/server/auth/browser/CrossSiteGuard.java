package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.BrowserSettings;
import dev.phoenix.server.settings.NetworkSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what pages of other sites make a browser ask for. With {@code
 * PHOENIX_CSRF_TRUSTED_ORIGINS} only the pages of these hosts may ask for anything. Without it,
 * other sites' pages cannot act with somebody's cookies, nor at all while everybody is let in.
 * Programs send none of the headers that browsers do, and are never refused here.
 */
final class CrossSiteGuard extends OncePerRequestFilter {

    private static final String SITE = "Sec-Fetch-Site";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Whoever logs a visitor in as somebody else sees what the visitor does. */
    private static final Pattern LOGIN = Pattern.compile("/auth/.*");

    private static final Pattern SESSION = Pattern.compile("phoenix-(access|refresh)-token=");

    private final Set<String> trustedHosts;
    private final OwnOrigin own;
    private final boolean everybodyIsLetIn;

    CrossSiteGuard(
            NetworkSettings network, BrowserSettings browser, boolean authenticationEnabled) {
        this.trustedHosts = browser.trustedHosts();
        this.own = new OwnOrigin(network, browser);
        this.everybodyIsLetIn = !authenticationEnabled;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return OpenSurfaces.include(request);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!trustedHosts.isEmpty()) {
            Optional<String> untrusted =
                    showsAToken(request) ? Optional.empty() : untrusted(request);
            if (untrusted.isPresent()) {
                Refusal.write(response, HttpStatus.UNAUTHORIZED, untrusted.get());
                return;
            }
        } else if (isOfAnotherSite(request) && matters(request)) {
            Refusal.write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "pages of other sites may not ask for this; if the page is this server's, set PHOENIX_ROOT_URL to the URL it is reached at, else list its origin in PHOENIX_ALLOWED_ORIGINS");
            return;
        }
        chain.doFilter(request, response);
    }

    private Optional<String> untrusted(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        // Forms of our own page come without a name, because it tells nobody where it is.
        boolean ownForm = "null".equals(origin) && "same-origin".equals(request.getHeader(SITE));
        if (!ownForm && isUntrusted(origin)) {
            return Optional.of("untrusted origin");
        }
        return isUntrusted(request.getHeader(HttpHeaders.REFERER))
                ? Optional.of("untrusted referer")
                : Optional.empty();
    }

    private boolean isUntrusted(@Nullable String page) {
        return page != null
                && OwnOrigin.host(page).filter(trustedHosts::contains).isEmpty()
                && !own.isTold(page);
    }

    /** No browser adds a token by itself, and where there is one no cookie counts. */
    private boolean showsAToken(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return !everybodyIsLetIn
                && authorization != null
                && authorization.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length());
    }

    private boolean isOfAnotherSite(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String site = request.getHeader(SITE);
        if (site != null) {
            // Browsers tell this themselves, whatever a proxy did to the host.
            boolean same = site.equals("same-origin") || site.equals("none");
            return !same && (origin == null || !own.isOwn(origin, request));
        }
        String page = origin == null ? request.getHeader(HttpHeaders.REFERER) : origin;
        return page != null && !own.isOwn(page, request);
    }

    private boolean matters(HttpServletRequest request) {
        boolean safe = SAFE.contains(request.getMethod());
        if (everybodyIsLetIn) {
            // Following a link is the one thing other sites may make people do.
            return !safe || !isNavigation(request);
        }
        boolean actsByCookie =
                request.getHeader(HttpHeaders.AUTHORIZATION) == null
                        && SESSION.matcher(String.valueOf(request.getHeader(HttpHeaders.COOKIE)))
                                .find();
        return !safe && (actsByCookie || LOGIN.matcher(request.getServletPath()).matches());
    }

    private static boolean isNavigation(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        return mode == null
                ? request.getHeader(HttpHeaders.ORIGIN) == null
                : mode.equals("navigate") && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }
}
