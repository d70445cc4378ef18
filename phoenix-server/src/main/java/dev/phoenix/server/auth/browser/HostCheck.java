package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.AddressRange;
import dev.phoenix.server.settings.BrowserSettings;
import dev.phoenix.server.settings.NetworkSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses names that are not this server's. A website whose name suddenly resolves to its address
 * would otherwise count as the server's own page and could read everything. A server that others
 * reach knows its name from {@code PHOENIX_ROOT_URL}; it also answers to addresses and to names
 * that nobody can register, by which programs of its own network know it.
 */
final class HostCheck extends OncePerRequestFilter {

    /** Top levels of names that lead nowhere outside of one's own network. */
    private static final Set<String> PRIVATE =
            Set.of("internal", "local", "localdomain", "lan", "home", "corp", "svc", "arpa");

    private final Set<String> names = new TreeSet<>(Set.of("localhost"));
    private final boolean isPublic;

    HostCheck(NetworkSettings network, BrowserSettings browser) {
        network.host().map(HostCheck::lower).ifPresent(names::add);
        network.rootUrl().map(url -> lower(url.getHost())).ifPresent(names::add);
        names.addAll(browser.trustedHosts());
        isPublic = network.isPublic();
    }

    static boolean knowsItsNames(NetworkSettings network) {
        return !network.isPublic() || network.rootUrl().isPresent();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Whatever a proxy tells: a page can send its headers, but not this one.
        String host = ForwardedRequest.sentHost(request);
        if (host == null || isOwn(lower(host).replaceFirst(":\\d*$", ""))) {
            chain.doFilter(request, response);
        } else {
            Refusal.write(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "the Host of a request must be a name of this server; if this name is meant to"
                            + " lead here, set PHOENIX_ROOT_URL to its URL, or list it in"
                            + " PHOENIX_CSRF_TRUSTED_ORIGINS");
        }
    }

    private boolean isOwn(String name) {
        return names.contains(name)
                || name.endsWith(".localhost")
                || (isPublic && isPrivate(name))
                || AddressRange.address(name.replaceAll("^\\[|]$", ""))
                        .filter(address -> isPublic || address.isLoopbackAddress())
                        .isPresent();
    }

    private static boolean isPrivate(String name) {
        String plain = name.replaceFirst("\\.$", "");
        int dot = plain.lastIndexOf('.');
        return dot < 0 || PRIVATE.contains(plain.substring(dot + 1));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
