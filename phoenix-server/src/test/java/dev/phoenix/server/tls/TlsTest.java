package dev.phoenix.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.settings.SettingsException;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class TlsTest {

    private static final String KEY_PASSWORD = "open sesame";

    @TempDir private static Path folder;
    private static Authority authority;
    private static Authority stranger;

    @BeforeAll
    static void certificates() throws IOException {
        authority = Authority.create(Files.createDirectory(folder.resolve("own")), "authority");
        authority.issue("server", "RSA", KEY_PASSWORD);
        authority.issue("client", "EC", KEY_PASSWORD);
        stranger = Authority.create(Files.createDirectory(folder.resolve("other")), "stranger");
        stranger.issue("intruder", "EC", KEY_PASSWORD);
    }

    @Test
    void bothListeners_speakTlsAndNothingElse() throws Exception {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, files("server", false))) {
            HttpResponse<String> response = get(server, client(null, authority));
            assertThat(response.body()).isEqualTo("OK");
            assertThat(response.headers().firstValue("strict-transport-security"))
                    .hasValue("max-age=31536000");
            assertThat(export(server, trusting())).isEqualTo(Status.Code.OK);

            assertThatThrownBy(() -> get(server, client(null, stranger)))
                    .isInstanceOf(IOException.class);
            assertThat(plain(server)).isNotEqualTo("OK");
            assertThat(export(server, InsecureChannelCredentials.create()))
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void cookies_areSentOverTlsOnly() throws Exception {
        Map<String, String> environment = new HashMap<>(files("server", false));
        environment.putAll(TestServer.AUTHENTICATION);
        try (TestServer server = TestServer.start(TestEngine.SQLITE, environment)) {
            assertThat(
                            get(server, client(null, authority), "/auth/logout")
                                    .headers()
                                    .allValues("set-cookie"))
                    .isNotEmpty()
                    .allSatisfy(cookie -> assertThat(cookie).contains("; Secure"));
        }
    }

    @Test
    void oldVersionsOfTls_areRefused() {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, files("server", false))) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                assertThat(handshake(server, version)).isTrue();
            }
            assertThat(handshake(server, "TLSv1.1")).isFalse();
        }
    }

    @Test
    void clients_mustHaveACertificateWhenTheyAreVerified() throws Exception {
        Map<String, String> verifying = files("server", true);
        verifying.put("PHOENIX_TLS_VERIFY_CLIENT", "TRUE");
        verifying.put("PHOENIX_TLS_CA_FILE", authority.certificateFile().toString());
        try (TestServer server = TestServer.start(TestEngine.SQLITE, verifying)) {
            assertThat(get(server, client(authority, authority)).body()).isEqualTo("OK");
            assertThatThrownBy(() -> get(server, client(null, authority)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(server, client(stranger, authority)))
                    .isInstanceOf(IOException.class);

            assertThat(export(server, showing(authority, "client"))).isEqualTo(Status.Code.OK);
            assertThat(export(server, trusting())).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(export(server, showing(stranger, "intruder")))
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void eachListener_canBeLeftInTheClear() throws Exception {
        Map<String, String> onlyGrpc = files("server", false);
        onlyGrpc.put("PHOENIX_TLS_ENABLED_FOR_HTTP", "FALSE");
        onlyGrpc.put("PHOENIX_ENABLE_PROMETHEUS", "TRUE");
        try (TestServer server = TestServer.start(TestEngine.SQLITE, onlyGrpc)) {
            assertThat(server.get("/healthz").body()).isEqualTo("OK");
            assertThat(export(server, trusting())).isEqualTo(Status.Code.OK);
            int metrics = server.settings().observability().prometheusPort();
            assertThat(
                            server.send(
                                            HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://localhost:%d/metrics"
                                                                    .formatted(metrics))))
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PHOENIX_TLS_CERT_FILE, missing, PHOENIX_TLS_CERT_FILE must be a PEM file",
        "PHOENIX_TLS_CERT_FILE, empty, PHOENIX_TLS_CERT_FILE must be a PEM file",
        "PHOENIX_TLS_CERT_FILE, server.key, PHOENIX_TLS_CERT_FILE must hold certificates",
        "PHOENIX_TLS_CERT_FILE, client.crt, PHOENIX_TLS_KEY_FILE must hold the key of the first",
        "PHOENIX_TLS_CERT_FILE, garbage, PHOENIX_TLS_CERT_FILE must hold certificates",
        "PHOENIX_TLS_KEY_FILE, server.crt, PHOENIX_TLS_KEY_FILE must hold a private key",
        "PHOENIX_TLS_KEY_FILE, garbage, PHOENIX_TLS_KEY_FILE must hold a private key",
        "PHOENIX_TLS_KEY_FILE_PASSWORD, wrong, PHOENIX_TLS_KEY_FILE must hold a private key",
        "PHOENIX_TLS_CA_FILE, missing, PHOENIX_TLS_CA_FILE must be a PEM file",
        "PHOENIX_TLS_CA_FILE, garbage, PHOENIX_TLS_CA_FILE must hold certificates",
    })
    void unusableFile_stopsTheStartAndIsNamed(String variable, String file, String message)
            throws IOException {
        Files.writeString(authority.file("empty"), "");
        Files.writeString(authority.file("garbage"), "no PEM at all");
        Map<String, String> variables = files("server", true);
        variables.put("PHOENIX_TLS_VERIFY_CLIENT", "TRUE");
        variables.put("PHOENIX_TLS_CA_FILE", authority.certificateFile().toString());
        variables.put(
                variable, variable.endsWith("PASSWORD") ? file : authority.file(file).toString());
        assertThatThrownBy(() -> TestServer.start(TestEngine.SQLITE, variables))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(KEY_PASSWORD);
    }

    private static Map<String, String> files(String name, boolean encrypted) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PHOENIX_TLS_ENABLED", "TRUE");
        variables.put("PHOENIX_TLS_CERT_FILE", authority.file(name + ".crt").toString());
        variables.put(
                "PHOENIX_TLS_KEY_FILE",
                authority.file(name + (encrypted ? ".encrypted.key" : ".key")).toString());
        if (encrypted) {
            variables.put("PHOENIX_TLS_KEY_FILE_PASSWORD", KEY_PASSWORD);
        }
        return variables;
    }

    private static HttpResponse<String> get(TestServer server, HttpClient client)
            throws IOException, InterruptedException {
        return get(server, client, "/healthz");
    }

    private static HttpResponse<String> get(TestServer server, HttpClient client, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://localhost:%d%s"
                                                .formatted(
                                                        server.settings().network().port(), path)))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String plain(TestServer server) {
        try {
            return server.get("/healthz").body();
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    /**
     * @param shown whose certificate the client has, null for none
     */
    private static HttpClient client(@Nullable Authority shown, Authority trusted)
            throws Exception {
        return HttpClient.newBuilder().sslContext(context(shown, trusted)).build();
    }

    private static SSLContext context(@Nullable Authority shown, Authority trusted)
            throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("authority", trusted.chain(trusted.name())[0]);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                shown == null ? new KeyManager[0] : keys(shown), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keys(Authority shown) throws Exception {
        String alias = shown.equals(stranger) ? "intruder" : "client";
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(alias, shown.key(alias), new char[0], shown.chain(alias));
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        return keys.getKeyManagers();
    }

    private static boolean handshake(TestServer server, String version) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        try {
            HttpClient client =
                    HttpClient.newBuilder()
                            .sslContext(context(null, authority))
                            .sslParameters(parameters)
                            .build();
            return get(server, client).statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    private static ChannelCredentials trusting() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(authority.certificateFile().toFile())
                .build();
    }

    private static ChannelCredentials showing(Authority shown, String name) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(authority.certificateFile().toFile())
                .keyManager(shown.file(name + ".crt").toFile(), shown.file(name + ".key").toFile())
                .build();
    }

    private static Status.Code export(TestServer server, ChannelCredentials credentials) {
        ManagedChannel channel =
                Grpc.newChannelBuilderForAddress("localhost", server.grpcPort(), credentials)
                        .build();
        try {
            TraceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .export(ExportTraceServiceRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }
}
