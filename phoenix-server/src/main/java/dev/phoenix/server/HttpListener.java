package dev.phoenix.server;

import dev.phoenix.server.settings.IngestSettings;
import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.tls.Listeners;
import dev.phoenix.server.tls.ServerIdentity;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
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
    private final Optional<ServerIdentity> identity;

    HttpListener(NetworkSettings network, IngestSettings ingest, Listeners tls) {
        this.network = network;
        this.ingest = ingest;
        this.identity = tls.http();
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
        // The path guard refuses encoded slashes in words; handlers match the path undecoded.
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
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
        identity.ifPresent(shown -> encrypt(connector, shown));
    }

    private static void encrypt(Connector connector, ServerIdentity identity) {
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(identity.keys());
        certificate.setCertificateKeystorePassword(identity.password());
        host.addCertificate(certificate);
        identity.clientAuthorities()
                .ifPresent(
                        authorities -> {
                            host.setTrustStore(authorities);
                            host.setCertificateVerification("required");
                        });
        AbstractHttp11Protocol<?> protocol = protocol(connector);
        protocol.setSSLEnabled(true);
        protocol.addSslHostConfig(host);
        connector.setScheme("https");
        connector.setSecure(true);
    }

    private static AbstractHttp11Protocol<?> protocol(Connector connector) {
        return (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    }
}
