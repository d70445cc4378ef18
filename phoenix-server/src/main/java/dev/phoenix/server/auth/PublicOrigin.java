package dev.phoenix.server.auth;

import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.TlsSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Where people and clients reach this server: scheme, host, port and root path. */
@Component
public class PublicOrigin {

    private static final Pattern HOST =
            Pattern.compile("(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

    private final NetworkSettings network;
    private final TlsSettings tls;

    PublicOrigin(NetworkSettings network, TlsSettings tls) {
        this.network = network;
        this.tls = tls;
    }

    /** As configured, or as the request reached it; without a slash at the end. */
    public String of(HttpServletRequest request) {
        return configured()
                .orElseGet(
                        () ->
                                "%s://%s%s%s"
                                        .formatted(
                                                request.getScheme(),
                                                request.getServerName(),
                                                port(request),
                                                network.rootPath()));
    }

    /** The same, unless the name that the request asks for cannot be one. */
    Optional<String> ofValid(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return configured().isPresent() || host == null || isValid(host)
                ? Optional.of(of(request))
                : Optional.empty();
    }

    private static boolean isValid(String host) {
        Matcher matcher = HOST.matcher(host);
        return matcher.matches()
                && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) <= 65535);
    }

    /** For links that leave the server in a mail: no request may choose where they lead. */
    public String forMail() {
        return configured()
                .orElseGet(
                        () ->
                                "%s://%s:%d%s"
                                        .formatted(
                                                tls.http() ? "https" : "http",
                                                network.host()
                                                        .filter(host -> !host.equals("0.0.0.0"))
                                                        .filter(host -> !host.equals("::"))
                                                        .map(PublicOrigin::inUrl)
                                                        .orElse("localhost"),
                                                network.port(),
                                                network.rootPath()));
    }

    /** An IPv6 address needs brackets, for it has colons itself. */
    private static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private Optional<String> configured() {
        return network.rootUrl().map(URI::toString).map(url -> url.replaceAll("/+$", ""));
    }

    private static String port(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = request.getScheme().equals("https") ? port == 443 : port == 80;
        return usual ? "" : ":" + port;
    }
}
