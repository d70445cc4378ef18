package dev.phoenix.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.phoenix.server.outbound.OutboundException.Reason;
import dev.phoenix.server.settings.OutboundSettings;
import dev.phoenix.server.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on loopback, which stands for everything inside the operator's network. */
@SuppressWarnings("NullAway.Init")
class OutboundClientTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Names of the tests, and where they lead. */
    private final Map<String, List<String>> names =
            Map.of(
                    "gateway.test", List.of("127.0.0.1"),
                    "other.test", List.of("127.0.0.1"),
                    "mapped.test", List.of("::ffff:10.0.0.1"),
                    "nat64.test", List.of("64:ff9b::a00:1"),
                    "unique-local.test", List.of("fd12::1"),
                    "cgnat.test", List.of("100.64.0.1"),
                    "cloud.test", List.of("169.254.169.254"));

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<OutboundClient> clients = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        for (OutboundClient client : clients) {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.8.8.8/",
                "https://0.0.0.0/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://100.64.0.1/",
                "https://169.254.1.1/",
                "https://192.0.2.1/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::10.0.0.1]/",
                "https://[64:ff9b::10.0.0.1]/",
                "https://[2002:a00:1::]/",
                "https://[2001:0:a00:1::]/",
                "https://[fe80::1]/",
                "https://[fc00::1]/",
                "https://[fd12:3456::1]/",
                "https://[ff02::1]/",
                "https://localhost/",
                "https://localhost./",
                "https://LOCALHOST/",
                "https://gateway.test/",
                "https://mapped.test/",
                "https://nat64.test/",
                "https://unique-local.test/",
                "https://cgnat.test/"
            })
    void privateAddress_isRefusedBeforeConnecting(String url) {
        assertThatThrownBy(() -> client("").send(get(url)))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
                .hasMessageContaining("PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.0.01/",
                "https://1.2.3.4.5/",
                "https://256.1.1.1/",
                "https://１２７.1/",
                "https://[fe80::1%25eth0]/",
                "https://user:secret@example.com/",
                "https://user@example.com/",
                "https://example.com@127.0.0.1/",
                "https://example.com#@127.0.0.1/",
                "https://exa mple.com/",
                "https:///path",
                "https://",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:25/",
                "jar:https://example.com!/",
                "//example.com/",
                "example.com",
                "",
                "https://example.com\\@127.0.0.1/",
                "https://ex\r\nample.com/",
                "https://[::1/"
            })
    void ambiguousUrl_isRefused(String url) {
        assertThatThrownBy(() -> client("127.0.0.0/8").send(get(url)))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data",
                "https://[::ffff:169.254.169.254]/",
                "https://[fd00:ec2::254]/",
                "https://100.100.100.200/",
                "https://168.63.129.16/",
                "https://metadata.google.internal/",
                "http://METADATA.google.internal./",
                "https://cloud.test/"
            })
    void metadataService_isRefusedEvenWhenListed(String url) {
        String everything = "0.0.0.0/0, ::/0, cloud.test, metadata.google.internal";
        assertThatThrownBy(() -> client(everything).send(get(url)))
                .hasMessageContaining("metadata service")
                .hasMessageContaining("PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS");
    }

    @Test
    void plainHttp_isForListedHostsOnly() {
        assertThatThrownBy(() -> client("").send(get("http://example.com/")))
                .hasMessageContaining("https://")
                .hasMessageContaining("PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS");
    }

    @Test
    void listedHost_isReachedByNameAndByAddress() {
        OutboundResponse byName = client("gateway.test").send(get(url("gateway.test", "/hello")));
        assertThat(byName.status()).isEqualTo(200);
        assertThat(new String(byName.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(client("127.0.0.0/8").send(get(url("127.0.0.1", "/hello"))).status())
                .isEqualTo(200);
        assertThatThrownBy(() -> client("gateway.test").send(get(url("other.test", "/hello"))))
                .isInstanceOf(OutboundException.class);
        assertThat(requests).hasSize(2);
    }

    @Test
    void request_isSentAsItIs() {
        client("gateway.test")
                .send(
                        new OutboundRequest(
                                "POST",
                                url("gateway.test", "/echo?a=b%2Fc"),
                                Map.of("Authorization", "Bearer key"),
                                "body".getBytes(StandardCharsets.UTF_8),
                                SOON,
                                100));
        assertThat(requests).containsExactly("POST /echo?a=b%2Fc Bearer key body");
    }

    @Test
    void redirectToAPrivateAddress_isNotFollowed() {
        assertThatThrownBy(
                        () ->
                                client("gateway.test")
                                        .send(
                                                get(
                                                        url(
                                                                "gateway.test",
                                                                "/to?" + url("127.0.0.1", "/in")))))
                .isInstanceOf(OutboundException.class)
                .hasMessageContaining("PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS");
        assertThat(requests).hasSize(1);
    }

    /** Encrypted, so that nothing but where it leads speaks against it. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::ffff:127.0.0.1]", "other.test", "169.254.169.254"})
    void redirectToAPlaceThatIsNotListed_isNotFollowed(String host) {
        String there = "https://%s:%d/in".formatted(host, server.getAddress().getPort());
        assertThatThrownBy(
                        () -> client("gateway.test").send(get(url("gateway.test", "/to?" + there))))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
                .hasMessageContaining(host.startsWith("169") ? "metadata" : "private address");
        assertThat(requests).hasSize(1);
    }

    @Test
    void redirect_toAnotherHostLosesTheHeaders() {
        OutboundRequest request =
                new OutboundRequest(
                        "GET",
                        url("gateway.test", "/to?" + url("other.test", "/hello")),
                        Map.of("Authorization", "Bearer key"),
                        null,
                        SOON,
                        100);
        assertThat(client("gateway.test, other.test").send(request).status()).isEqualTo(200);
        assertThat(requests.getFirst()).contains("Bearer key");
        assertThat(requests.getLast()).startsWith("GET /hello").doesNotContain("Bearer");
    }

    @Test
    void redirectWithinAServer_keepsTheHeaders() {
        OutboundRequest request =
                new OutboundRequest(
                        "GET",
                        url("gateway.test", "/to?/hello"),
                        Map.of("Authorization", "Bearer key"),
                        null,
                        SOON,
                        100);
        assertThat(client("gateway.test").send(request).status()).isEqualTo(200);
        assertThat(requests.getLast()).isEqualTo("GET /hello Bearer key ");
    }

    @Test
    void redirectsWithoutEnd_andOfChangesAreNotFollowed() {
        assertThatThrownBy(() -> client("gateway.test").send(get(url("gateway.test", "/loop"))))
                .hasMessage("gateway.test redirects more than 3 times");
        assertThat(requests).hasSize(4);
        var change =
                new OutboundRequest(
                        "POST", url("gateway.test", "/loop"), Map.of(), new byte[1], SOON, 100);
        assertThatThrownBy(() -> client("gateway.test").send(change))
                .hasMessageContaining("redirect, which is not followed");
    }

    @Test
    void nameThatChangesItsAddress_leadsToTheOneThatWasLookedAt() {
        var asked = new AtomicInteger();
        HostResolver rebinding =
                host ->
                        new InetAddress[] {
                            InetAddress.getByName(
                                    asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1")
                        };
        var client = new OutboundClient(settings("127.0.0.0/8"), rebinding);
        clients.add(client);
        String url = "https://rebinding.test:" + server.getAddress().getPort() + "/";
        // Reaches the server, which speaks no TLS: one look-up, and that one connected to.
        assertThatThrownBy(() -> client.send(get(url)))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.FAILED));
        assertThat(asked).hasValue(1);
        assertThatThrownBy(() -> client.send(get(url)))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    }

    @Test
    void nameWithOnePrivateAddressAmongOthers_isRefused() {
        HostResolver mixed =
                host ->
                        new InetAddress[] {
                            InetAddress.getByName("93.184.215.14"),
                            InetAddress.getByName("10.0.0.1")
                        };
        var client = new OutboundClient(settings(""), mixed);
        clients.add(client);
        assertThatThrownBy(() -> client.send(get("https://mixed.test/")))
                .hasMessageContaining("private address");
    }

    @Test
    void answer_isBoundedInSizeAndTime() {
        assertThatThrownBy(() -> client("gateway.test").send(get(url("gateway.test", "/large"))))
                .hasMessage("gateway.test answered more than 1000 bytes");
        for (String path : List.of("/silent", "/drip")) {
            long started = System.nanoTime();
            var impatient =
                    OutboundRequest.get(url("gateway.test", path), Duration.ofMillis(700), 1000);
            assertThatThrownBy(() -> client("gateway.test").send(impatient))
                    .hasMessage("gateway.test did not answer within 700 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void unreachableServer_isToldWithoutDetails() {
        assertThatThrownBy(() -> client("").send(get("https://nowhere.test/")))
                .hasMessage("nowhere.test cannot be reached: UnknownHostException");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String target = exchange.getRequestURI().toString();
        requests.add(
                exchange.getRequestMethod()
                        + " "
                        + target
                        + " "
                        + (authorization == null ? "" : authorization)
                        + " "
                        + new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8)
                                .strip());
        switch (exchange.getRequestURI().getPath()) {
            case "/to" -> redirect(exchange, exchange.getRequestURI().getQuery());
            case "/loop" -> redirect(exchange, "/loop");
            case "/large" -> answer(exchange, "x".repeat(1001));
            case "/silent" -> awaitEnd();
            case "/drip" -> {
                exchange.sendResponseHeaders(200, 0);
                while (true) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    LockSupport.parkNanos(20_000_000);
                }
            }
            default -> answer(exchange, "hello");
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void awaitEnd() {
        LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
    }

    private OutboundClient client(String allowed) {
        var client = new OutboundClient(settings(allowed), this::resolve);
        clients.add(client);
        return client;
    }

    private static OutboundSettings settings(String allowed) {
        return Settings.load(Map.of("PHOENIX_ALLOWED_PRIVATE_PROVIDER_HOSTS", allowed)).outbound();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> addresses = names.get(host);
        if (addresses != null) {
            return new InetAddress[] {InetAddress.getByName(addresses.getFirst())};
        }
        if (host.endsWith(".test")) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(host);
    }

    private static OutboundRequest get(String url) {
        return OutboundRequest.get(url, SOON, 1000);
    }

    private String url(String host, String path) {
        return "http://%s:%d%s".formatted(host, server.getAddress().getPort(), path);
    }
}
