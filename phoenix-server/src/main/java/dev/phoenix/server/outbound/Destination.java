package dev.phoenix.server.outbound;

import dev.phoenix.server.settings.AddressRange;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that leads to one place, whoever reads it.
 *
 * @param host in lower case and ASCII, without brackets
 */
record Destination(URI url, String host) {

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:@\\[\\]]+)(:\\d{1,5})?");

    /** Readers disagree on numbers that are not four decimal ones. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private static final Pattern DOTTED =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

    static Destination parse(String url) {
        URI uri = uri(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw invalid("must begin with https://");
        }
        String authority = uri.getRawAuthority();
        Matcher parts = AUTHORITY.matcher(authority == null ? "" : authority);
        if (!parts.matches()) {
            throw invalid("must have a host, no user name and no zone");
        }
        if (uri.getRawFragment() != null) {
            throw invalid("must have no fragment");
        }
        String host = host(parts.group(1));
        String port = parts.group(2) == null ? "" : parts.group(2);
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Destination(uri(scheme + "://" + bracketed + port + path + query), host);
    }

    boolean encrypted() {
        return "https".equals(url.getScheme());
    }

    /** Same host, port and scheme: what was meant for the one may be sent to the other. */
    boolean isSameServerAs(Destination other) {
        return url.getScheme().equals(other.url.getScheme())
                && url.getRawAuthority().equals(other.url.getRawAuthority());
    }

    private static String host(String text) {
        if (text.startsWith("[")) {
            String address = text.substring(1, text.length() - 1);
            return AddressRange.address(address)
                    .orElseThrow(() -> invalid("must have a valid address"))
                    .getHostAddress();
        }
        String ascii = ascii(text).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (NUMERIC.matcher(ascii).matches() && !DOTTED.matcher(ascii).matches()) {
            throw invalid("must write an IPv4 address as four decimal numbers");
        }
        return ascii;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw invalid("must have a valid host name");
        }
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw invalid("must be a URL");
        }
    }

    /** Without the URL: it may hold what only its owner should see. */
    private static OutboundException invalid(String rule) {
        return OutboundException.refused("the URL " + rule);
    }
}
