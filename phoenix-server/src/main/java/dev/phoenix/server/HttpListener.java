package dev.phoenix.server;

import dev.phoenix.server.settings.IngestSettings;
import dev.phoenix.server.settings.NetworkSettings;
import java.net.InetAddress;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Where and how Tomcat listens: one connector for each address, requests on virtual threads. */
@Component
class HttpListener implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final int MAX_PARAMETERS = 10_000;
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    /** People type them into queries as they are, and clients do. */
    private static final String UNENCODED = "\"<>[\\]^`{|}";

    /**
     * Left out on purpose: event streams and multipart answers, which must not wait in a
     * compressor's buffer.
     */
    private static final String COMPRESSIBLE =
            String.join(
                    ",",
                    "application/graphql-response+json",
                    "application/javascript",
                    "application/json",
                    "application/manifest+json",
                    "application/x-ndjson",
                    "application/x-protobuf",
                    "image/svg+xml",
                    "text/css",
                    "text/csv",
                    "text/html",
                    "text/javascript",
                    "text/plain");

    private final NetworkSettings network;
    private final IngestSettings ingest;

    HttpListener(NetworkSettings network, IngestSettings ingest) {
        this.network = network;
        this.ingest = ingest;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        List<InetAddress> addresses = network.bindAddresses();
        tomcat.setAddress(addresses.getFirst());
        tomcat.setPort(network.port());
        tomcat.addConnectorCustomizers(this::tune);
        addresses.stream().skip(1).map(this::connector).forEach(tomcat::addAdditionalConnectors);
        tomcat.addEngineValves(new MultipartAnswersStayPlain());
    }

    private Connector connector(InetAddress address) {
        Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
        connector.setPort(network.port());
        protocol(connector).setAddress(address);
        tune(connector);
        return connector;
    }

    private void tune(Connector connector) {
        // Names of projects may contain slashes; handlers match the path before it is decoded.
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        // Lists of ids come as repeated parameters; the size of the header bounds them, too.
        connector.setMaxParameterCount(MAX_PARAMETERS);
        AbstractHttp11Protocol<?> protocol = protocol(connector);
        protocol.setExecutor(new VirtualThreadExecutor("http-"));
        protocol.setRelaxedQueryChars(UNENCODED);
        protocol.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
        // An exporter keeps one connection for as long as it lives.
        protocol.setMaxKeepAliveRequests(-1);
        // Clients send a whole request before they read the refusal of its size.
        protocol.setMaxSwallowSize(ingest.maxRequestBytes());
        protocol.setCompression("on");
        protocol.setCompressibleMimeType(COMPRESSIBLE);
        protocol.setCompressionMinSize(1);
    }

    private static AbstractHttp11Protocol<?> protocol(Connector connector) {
        return (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    }
}
