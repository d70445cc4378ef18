package dev.phoenix.server;

import dev.phoenix.server.settings.LoggingMode;
import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.TlsSettings;
import dev.phoenix.server.settings.Version;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person needs to know once the server answers. */
final class Banner {

    private static final Logger log = LoggerFactory.getLogger(Banner.class);

    private final Settings settings;

    Banner(Settings settings) {
        this.settings = settings;
    }

    void show() {
        if (settings.observability().mode() == LoggingMode.STRUCTURED) {
            log.info("listening on {}, storing in {}", url(), settings.storage().url().display());
        } else {
            System.out.println(String.join(System.lineSeparator(), lines()));
        }
        if (settings.network().isPublic() && !settings.auth().enabled()) {
            log.warn(
                    "Everyone who can reach {} can read and change everything: set PHOENIX_ENABLE_AUTH=true and PHOENIX_SECRET, or listen on this machine only.{}",
                    settings.network().host().orElse(""),
                    settings.network().rootUrl().isPresent()
                            ? ""
                            : " Set PHOENIX_ROOT_URL as well, so that no other name of it is answered to.");
        }
        warnOfTwoPaths();
    }

    private void warnOfTwoPaths() {
        NetworkSettings network = settings.network();
        if (network.isAtTwoPaths()) {
            log.warn(
                    "PHOENIX_ROOT_URL ({}) and PHOENIX_HOST_ROOT_PATH ({}) name different paths: links in mails and the way back from identity providers follow the one, pages and redirects the other. Let the URL end with the root path.",
                    network.rootUrl().orElseThrow(),
                    network.rootPath().isEmpty() ? "not set" : network.rootPath());
        }
    }

    private List<String> lines() {
        Version version = Version.current();
        List<String> lines = new ArrayList<>();
        lines.add(
                "Phoenix for Java %s (compatible with %s)"
                        .formatted(version.own(), version.contract()));
        if (settings.ui().enabled()) {
            lines.add("  Open in a browser  " + url());
        }
        if (!settings.api().readOnly()) {
            lines.add("  Send traces        " + url() + "/v1/traces (OTLP over HTTP)");
            lines.add(
                    "                     %s:%d (OTLP over gRPC)"
                            .formatted(
                                    settings.network().shownHost(), settings.network().grpcPort()));
        }
        lines.add(
                "  Let in             "
                        + (settings.auth().enabled()
                                ? "people and programs with an account or a key"
                                : "everybody (PHOENIX_ENABLE_AUTH is off), but no pages of other sites"));
        if (settings.tls().files().isPresent()) {
            lines.add("  Encrypted          " + encrypted());
        }
        lines.add("  Stored in          " + settings.storage().url().display());
        if (settings.observability().prometheus()) {
            lines.add(
                    "  Metrics            http://%s:%d/metrics"
                            .formatted(
                                    settings.network().shownHost(),
                                    settings.observability().prometheusPort()));
        }
        if (!settings.api().readOnly()) {
            lines.add(
                    "First trace: run `phoenix demo`, or set OTEL_EXPORTER_OTLP_ENDPOINT=%s in an instrumented application.%s"
                            .formatted(
                                    url(),
                                    settings.auth().enabled()
                                            ? " It needs an API key: OTEL_EXPORTER_OTLP_HEADERS=\"authorization=Bearer KEY\", see Settings."
                                            : ""));
        }
        return lines;
    }

    private String url() {
        NetworkSettings network = settings.network();
        return network.rootUrl()
                .map(Object::toString)
                .orElseGet(
                        () ->
                                "%s://%s:%d%s"
                                        .formatted(
                                                settings.tls().http() ? "https" : "http",
                                                settings.network().shownHost(),
                                                network.port(),
                                                network.rootPath()));
    }

    private String encrypted() {
        TlsSettings tls = settings.tls();
        String what = tls.http() && tls.grpc() ? "HTTP and gRPC" : tls.http() ? "HTTP" : "gRPC";
        boolean verified = tls.files().flatMap(TlsSettings.Identity::clientAuthorities).isPresent();
        return what + (verified ? ", for clients with a certificate" : "");
    }
}
