package dev.phoenix.server.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Requests too broken to reach the server's own code are refused in the same words as the others.
 */
final class PlainErrors extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        boolean answered = response.getStatus() < 400 || response.getContentWritten() > 0;
        if (answered || !response.setErrorReported()) {
            return;
        }
        Optional<Oversized> oversized = Oversized.of(request, cause);
        oversized.ifPresent(found -> response.setStatus(found.status().value()));
        String text = oversized.map(Oversized::rule).orElseGet(() -> reason(response.getStatus()));
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        // A failure may have reset the headers.
        VersionHeaders.set(response);
        SecurityHeaders.set(response);
        try {
            Writer body = response.getReporter();
            if (body != null) {
                body.write(text);
                response.finishResponse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        return status == null ? "Error " + code : status.getReasonPhrase();
    }
}
