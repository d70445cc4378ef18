package dev.phoenix.server.ops;

import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that Tomcat gave up reading, because what comes before its body is too large. */
record Oversized(HttpStatus status, String rule) {

    /** Tomcat tells why in words only. */
    private static final String TOO_LARGE =
            StringManager.getManager("org.apache.coyote.http11")
                    .getString("iib.requestheadertoolarge.error");

    static Optional<Oversized> of(Request request, @Nullable Throwable cause) {
        if (!(request.getConnector().getProtocolHandler()
                        instanceof AbstractHttp11Protocol<?> limits)
                || cause == null) {
            return Optional.empty();
        }
        if (TOO_LARGE.equals(cause.getMessage())) {
            return Optional.of(tooLong(request, limits.getMaxHttpRequestHeaderSize()));
        }
        String tooMany =
                StringManager.getManager("org.apache.tomcat.util.http")
                        .getString("headers.maxCountFail", limits.getMaxHeaderCount());
        return tooMany.equals(cause.getMessage())
                ? Optional.of(
                        new Oversized(
                                HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                                "a request must have at most %d headers"
                                        .formatted(limits.getMaxHeaderCount())))
                : Optional.empty();
    }

    /** The URL is known once it was read to its end. */
    private static Oversized tooLong(Request request, int most) {
        return request.getCoyoteRequest().requestURI().isNull()
                ? new Oversized(
                        HttpStatus.URI_TOO_LONG,
                        "a URL must have at most %d bytes; send long conditions in a body, such as that of POST /graphql"
                                .formatted(most))
                : new Oversized(
                        HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        "the URL and the headers of a request, cookies among them, must have at most %d bytes together"
                                .formatted(most));
    }
}
