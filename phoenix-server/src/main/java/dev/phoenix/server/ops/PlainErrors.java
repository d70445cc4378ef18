package dev.phoenix.server.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        String text = status == null ? "Error " + response.getStatus() : status.getReasonPhrase();
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
}
