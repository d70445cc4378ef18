package dev.phoenix.server.auth.browser;

import dev.phoenix.server.settings.BrowserSettings;
import dev.phoenix.server.settings.NetworkSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Whether a page belongs to this server, or to one whose pages may act as if they did. */
final class OwnOrigin {

    private final Optional<URI> rootUrl;
    private final NetworkSettings network;
    private final BrowserSettings browser;

    OwnOrigin(NetworkSettings network, BrowserSettings browser) {
        this.rootUrl = network.rootUrl();
        this.network = network;
        this.browser = browser;
    }

    /**
     * @param page the {@code Origin} or {@code Referer} of a request
     */
    boolean isOwn(String page, HttpServletRequest request) {
        Optional<URI> parsed = parse(page);
        if (parsed.isEmpty()) {
            return false;
        }
        String authority = authority(parsed.get());
        String origin = parsed.get().getScheme() + "://" + parsed.get().getRawAuthority();
        return browser.allowedOrigins().contains(origin.toLowerCase(Locale.ROOT))
                || rootUrl.filter(url -> authority(url).equals(authority)).isPresent()
                || isHost(request.getHeader(HttpHeaders.HOST), parsed.get(), authority);
    }

    /**
     * Whether it is where the server tells people to go, at start or by {@code PHOENIX_ROOT_URL},
     * whatever name the request came for: anybody can give the server another one.
     */
    boolean isTold(String page) {
        Optional<String> authority = parse(page).map(OwnOrigin::authority);
        String printed = network.shownHost().toLowerCase(Locale.ROOT) + ":" + network.port();
        return authority.filter(printed::equals).isPresent()
                || (authority.isPresent() && authority.equals(rootUrl.map(OwnOrigin::authority)));
    }

    /** The scheme is not compared: a proxy may have ended the TLS. */
    private static boolean isHost(@Nullable String host, URI page, String authority) {
        return host != null
                && parse(page.getScheme() + "://" + host)
                        .filter(own -> authority(own).equals(authority))
                        .isPresent();
    }

    static Optional<String> host(String page) {
        return parse(page).map(uri -> uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static String authority(URI uri) {
        int standard = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    static Optional<URI> parse(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getScheme() != null && uri.getHost() != null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
