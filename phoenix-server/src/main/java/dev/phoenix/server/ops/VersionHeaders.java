package dev.phoenix.server.ops;

import dev.phoenix.server.settings.Version;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Tells every client whom it speaks to; published clients choose features by the first of these
 * headers. A valve, because filters do not see requests that Tomcat itself refuses.
 */
final class VersionHeaders extends ValveBase {

    VersionHeaders() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        set(response);
        getNext().invoke(request, response);
    }

    static void set(HttpServletResponse response) {
        Version version = Version.current();
        response.setHeader("x-phoenix-server-version", version.contract());
        response.setHeader("x-phoenix-java-version", version.own());
        response.setHeader("x-colab-notebook-cache-control", "no-cache");
    }
}
