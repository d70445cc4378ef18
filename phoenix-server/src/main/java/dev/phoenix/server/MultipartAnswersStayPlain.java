package dev.phoenix.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Whoever accepts answers in parts wants each part at once, not when a compressor's buffer is full.
 */
final class MultipartAnswersStayPlain extends ValveBase {

    MultipartAnswersStayPlain() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String accept = request.getHeader("Accept");
        if (accept != null && accept.contains("multipart/mixed")) {
            request.getCoyoteRequest().getMimeHeaders().removeHeader("Accept-Encoding");
        }
        getNext().invoke(request, response);
    }
}
