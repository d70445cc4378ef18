package dev.phoenix.server.api;

import dev.phoenix.server.settings.IngestSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Ends the reading of a body that is larger than the server takes. */
@ControllerAdvice
class BoundedBodies extends RequestBodyAdviceAdapter {

    private final int maxBytes;

    BoundedBodies(IngestSettings settings) {
        this.maxBytes = settings.maxRequestBytes();
    }

    @Override
    public boolean supports(
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        return new Bounded(
                message.getHeaders(), new CappedStream(message.getBody(), maxBytes, this::refuse));
    }

    private record Bounded(HttpHeaders headers, InputStream body) implements HttpInputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }

    private void refuse() {
        throw new ApiException(
                HttpStatus.CONTENT_TOO_LARGE,
                "the request body is larger than PHOENIX_MAX_REQUEST_BYTES, which is " + maxBytes);
    }
}
