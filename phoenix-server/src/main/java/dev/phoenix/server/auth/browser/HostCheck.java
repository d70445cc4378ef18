package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.AddressRange;
import dev.phoenix.server.settings.BrowserSettings;
import dev.phoenix.server.settings.NetworkSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses names that are not this machine's. A website whose name suddenly resolves to 127.0.0.1
 * would otherwise count as the server's own page and could read everything.
 */
final class HostCheck extends OncePerRequestFilter {

    private final Set<String> names = new TreeSet<>(Set.of("localhost"));

    HostCheck(NetworkSettings network, BrowserSettings browser) {
        network.host().map(HostCheck::lower).ifPresent(names::add);
        network.rootUrl().map(url -> lower(url.getHost())).ifPresent(names::add);
        names.addAll(browser.trustedHosts());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || isOwn(lower(host).replaceFirst(":\\d*$", ""))) {
            chain.doFilter(request, response);
        } else {
            Refusal.write(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "the Host of a request must be a name of this machine; if this name is meant to lead here, set PHOENIX_ROOT_URL to its URL");
        }
    }

    private boolean isOwn(String name) {
        return names.contains(name)
                || name.endsWith(".localhost")
                || AddressRange.address(name.replaceAll("^\\[|]$", ""))
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
