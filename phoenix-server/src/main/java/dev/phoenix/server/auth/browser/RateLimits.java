package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.AddressRange;
import dev.phoenix.server.settings.BrowserSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** How often one address may try to log in. */
final class RateLimits extends OncePerRequestFilter {

    /** Whoever has one IPv6 address has all that begin like it. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final boolean enabled;
    private final List<Limit> limits;

    RateLimits(BrowserSettings settings, InstantSource clock) {
        this.enabled = settings.rateLimit();
        Duration minute = Duration.ofMinutes(1);
        Duration half = Duration.ofSeconds(30);
        this.limits =
                List.of(
                        new Limit("/auth/.*", new RateLimiter(0.2, minute, clock)),
                        new Limit("/oauth2/[^/]+/login", new RateLimiter(0.2, half, clock)),
                        new Limit("/oauth2/[^/]+/tokens", new RateLimiter(0.5, half, clock)));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !enabled;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath();
        String key = key(ClientAddress.of(request));
        for (Limit limit : limits) {
            if (limit.paths.matcher(path).matches() && !limit.limiter.allows(key)) {
                response.setHeader(
                        HttpHeaders.RETRY_AFTER, String.valueOf(limit.limiter.secondsForOne()));
                Refusal.write(response, HttpStatus.TOO_MANY_REQUESTS, "Too Many Requests");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static String key(String address) {
        return AddressRange.address(address)
                .filter(Inet6Address.class::isInstance)
                .map(v6 -> HexFormat.of().formatHex(v6.getAddress(), 0, IPV6_NETWORK_BYTES))
                .orElse(address);
    }

    private record Limit(Pattern paths, RateLimiter limiter) {

        Limit(String paths, RateLimiter limiter) {
            this(Pattern.compile(paths), limiter);
        }
    }
}
