package dev.phoenix.core.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the URL of a Phoenix server into its API base and its trace endpoint, and back. */
final class Endpoints {

    private static final String TRACES = "/v1/traces";
    private static final Pattern TRACES_AT_END = Pattern.compile("/+v1/traces/?$");
    private static final Pattern SLASHES_BEFORE_TRACES = Pattern.compile("/+(?=v1/traces(/|$))");
    private static final Pattern SLASHES_AT_END = Pattern.compile("/+$");

    /** The hosted service gives each space a path of its own. */
    private static final String HOSTED = "app.phoenix.arize.com";

    private static final Pattern SPACE = Pattern.compile("^/s/[^/]+");

    private Endpoints() {}

    /** The text as a URL that requests can go to. */
    static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            return web && uri.getRawAuthority() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The API base of the server that collects at this URL. */
    static URI apiBase(URI collector) {
        String path = TRACES_AT_END.matcher(collector.getRawPath()).replaceFirst("");
        return withPath(collector, isHosted(collector) ? space(path).orElse(path) : path);
    }

    /** Where the server at this URL takes traces over HTTP. */
    static URI traces(URI base) {
        String path = base.getRawPath();
        if (isHosted(base)) {
            return withPath(base, space(path).orElse("") + TRACES);
        }
        Matcher slashes = SLASHES_BEFORE_TRACES.matcher(path);
        String found = slashes.find() ? slashes.replaceFirst("/") : path;
        String trimmed = SLASHES_AT_END.matcher(found).replaceFirst("");
        return withPath(base, slashes.reset().find() ? trimmed : trimmed + TRACES);
    }

    private static boolean isHosted(URI uri) {
        return HOSTED.equalsIgnoreCase(uri.getHost());
    }

    private static Optional<String> space(String path) {
        Matcher matcher = SPACE.matcher(path);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static URI withPath(URI uri, String path) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
        return URI.create(
                uri.getScheme() + "://" + uri.getRawAuthority() + path + query + fragment);
    }
}
