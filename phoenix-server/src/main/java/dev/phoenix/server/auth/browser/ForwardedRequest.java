package dev.phoenix.server.auth.browser;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A request as its client made it, by what a trusted proxy tells of it. */
final class ForwardedRequest extends HttpServletRequestWrapper {

    private final String scheme;
    private final @Nullable String host;
    private final URI origin;

    private ForwardedRequest(
            HttpServletRequest request, String scheme, @Nullable String host, URI origin) {
        super(request);
        this.scheme = scheme;
        this.host = host;
        this.origin = origin;
    }

    /** The request itself where the proxy tells nothing, or nothing that can be understood. */
    static HttpServletRequest of(HttpServletRequest request) {
        Optional<String> scheme =
                last(request, "X-Forwarded-Proto")
                        .filter(told -> told.equals("http") || told.equals("https"));
        Optional<String> host = last(request, "X-Forwarded-Host");
        if (scheme.isEmpty() && host.isEmpty()) {
            return request;
        }
        String usedScheme = scheme.orElse(request.getScheme());
        String usedHost = host.orElse(request.getHeader(HttpHeaders.HOST));
        return OwnOrigin.parse(usedScheme + "://" + usedHost)
                .<HttpServletRequest>map(
                        origin -> new ForwardedRequest(request, usedScheme, usedHost, origin))
                .orElse(request);
    }

    /** The name that the connection itself was for. */
    static @Nullable String sentHost(HttpServletRequest request) {
        return request instanceof ForwardedRequest forwarded
                ? ((HttpServletRequest) forwarded.getRequest()).getHeader(HttpHeaders.HOST)
                : request.getHeader(HttpHeaders.HOST);
    }

    /** Of several proxies the last one, which is the one that we trust. */
    private static Optional<String> last(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getLast().replaceFirst("(?s).*,", "").strip())
                        .filter(value -> !value.isEmpty());
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public boolean isSecure() {
        return scheme.equals("https");
    }

    @Override
    public String getServerName() {
        return origin.getHost();
    }

    @Override
    public int getServerPort() {
        int standard = isSecure() ? 443 : 80;
        return origin.getPort() < 0 ? standard : origin.getPort();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(scheme + "://" + host + getRequestURI());
    }

    @Override
    public @Nullable String getHeader(String name) {
        return HttpHeaders.HOST.equalsIgnoreCase(name) ? host : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return HttpHeaders.HOST.equalsIgnoreCase(name) && host != null
                ? Collections.enumeration(List.of(host))
                : super.getHeaders(name);
    }
}
