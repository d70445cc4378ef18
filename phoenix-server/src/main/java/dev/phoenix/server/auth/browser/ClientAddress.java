package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.AddressRange;
import dev.phoenix.server.settings.BrowserSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The address a request comes from, and the one it was sent to. Proxies that the operator trusts
 * are asked for whom they speak; what anybody else claims is ignored.
 */
public final class ClientAddress extends OncePerRequestFilter {

    private static final String ATTRIBUTE = ClientAddress.class.getName();

    /** Some proxies tell the port as well, and put IPv6 into brackets then. */
    private static final Pattern PORT =
            Pattern.compile("^(?:\\[([^]]*)](?::\\d{1,5})?|([\\d.]+):\\d{1,5})$");

    private final List<AddressRange> proxies;

    ClientAddress(BrowserSettings settings) {
        this.proxies = settings.trustedProxies();
    }

    public static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String address
                ? address
                : request.getRemoteAddr();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return proxies.isEmpty();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(ATTRIBUTE, resolve(request));
        boolean fromProxy = isTrusted(request.getRemoteAddr());
        chain.doFilter(fromProxy ? ForwardedRequest.of(request) : request, response);
    }

    /** Each proxy appends whom it was asked by; the last one that is not ours is the client. */
    private String resolve(HttpServletRequest request) {
        String client = request.getRemoteAddr();
        List<String> forwarded =
                Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                        .flatMap(header -> List.of(header.split(",", -1)).stream())
                        .map(String::strip)
                        .toList();
        for (String next : forwarded.reversed()) {
            Optional<InetAddress> address = address(next);
            if (!isTrusted(client) || address.isEmpty()) {
                return client;
            }
            client = address.get().getHostAddress();
        }
        return client;
    }

    private static Optional<InetAddress> address(String told) {
        return AddressRange.address(PORT.matcher(told).replaceFirst("$1$2"));
    }

    private boolean isTrusted(String client) {
        return AddressRange.address(client)
                .filter(address -> proxies.stream().anyMatch(range -> range.contains(address)))
                .isPresent();
    }
}
