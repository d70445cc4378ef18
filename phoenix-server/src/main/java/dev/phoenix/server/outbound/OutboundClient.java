package dev.phoenix.server.outbound;

import dev.phoenix.server.settings.AddressRange;
import dev.phoenix.server.settings.OutboundSettings;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Sends requests to URLs that users gave, wherever these may be sent. */
@Component
public class OutboundClient {

    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_CONNECTIONS = 100;
    private static final Timeout CONNECT_WITHIN = Timeout.ofSeconds(10);
    private static final Http1Config SHORT_HEADERS =
            Http1Config.custom().setMaxHeaderCount(200).setMaxLineLength(16 * 1024).build();
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OutboundSettings settings;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("outbound-timer").factory());

    @Autowired
    OutboundClient(OutboundSettings settings) {
        this(settings, InetAddress::getAllByName);
    }

    OutboundClient(OutboundSettings settings, HostResolver resolver) {
        this.settings = settings;
        this.client =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setDnsResolver(new VettingResolver(resolver, settings))
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(CONNECT_WITHIN)
                                                        .build())
                                        .setConnectionFactory(
                                                ManagedHttpClientConnectionFactory.builder()
                                                        .http1Config(SHORT_HEADERS)
                                                        .build())
                                        .setMaxConnTotal(MAX_CONNECTIONS)
                                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                                        .build())
                        .setUserAgent("phoenix")
                        .disableRedirectHandling()
                        .disableContentCompression()
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .build();
    }

    /**
     * Redirects of GET and HEAD are followed, each to a place that is looked at like the first.
     * Headers go to the first server alone.
     *
     * @throws OutboundException if there is no answer
     */
    public OutboundResponse send(OutboundRequest request) {
        long deadline = System.nanoTime() + request.timeout().toNanos();
        Destination first = vetted(Destination.parse(request.url()));
        Destination next = first;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            OutboundResponse response =
                    exchange(request, next, next.isSameServerAs(first), deadline);
            String location = response.headers().get("location");
            if (!REDIRECTS.contains(response.status()) || location == null) {
                return response;
            }
            if (!request.mayBeRedirected()) {
                throw OutboundException.failed(
                        "%s answered %s with a redirect, which is not followed; use the URL it leads to"
                                .formatted(next.host(), request.method()));
            }
            next = vetted(redirected(next, location));
        }
        throw OutboundException.failed(
                "%s redirects more than %d times".formatted(first.host(), MAX_REDIRECTS));
    }

    private static Destination redirected(Destination from, String location) {
        try {
            return Destination.parse(from.url().resolve(location).toString());
        } catch (IllegalArgumentException e) {
            throw OutboundException.failed(from.host() + " redirects to something that is no URL");
        }
    }

    private Destination vetted(Destination destination) {
        if (Addresses.isMetadata(destination.host())) {
            throw VettingResolver.metadata(destination.host());
        }
        boolean listed =
                settings.hosts().contains(destination.host())
                        || AddressRange.address(destination.host())
                                .filter(address -> settings.allows(destination.host(), address))
                                .isPresent();
        if (!destination.encrypted() && !listed) {
            throw OutboundException.refused(
                    "the URL of %s must begin with https://; http is for hosts that %s lists"
                            .formatted(destination.host(), OutboundSettings.VARIABLE));
        }
        return destination;
    }

    private OutboundResponse exchange(
            OutboundRequest request, Destination to, boolean withHeaders, long deadline) {
        var call = new HttpUriRequestBase(request.method(), to.url());
        if (withHeaders) {
            request.headers().forEach(call::setHeader);
        }
        if (request.body() != null) {
            call.setEntity(new ByteArrayEntity(request.body(), null));
        }
        ScheduledFuture<?> alarm =
                timer.schedule(
                        () -> {
                            call.cancel();
                        },
                        deadline - System.nanoTime(),
                        TimeUnit.NANOSECONDS);
        try {
            return client.execute(call, response -> read(response, to, request.maxBytes()));
        } catch (IOException e) {
            throw OutboundException.failed(
                    call.isCancelled()
                            ? "%s did not answer within %d ms"
                                    .formatted(to.host(), request.timeout().toMillis())
                            : "%s cannot be reached: %s"
                                    .formatted(to.host(), e.getClass().getSimpleName()));
        } finally {
            alarm.cancel(false);
        }
    }

    private static OutboundResponse read(
            ClassicHttpResponse response, Destination from, int maxBytes) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return new OutboundResponse(
                response.getCode(), headers, body(response.getEntity(), from, maxBytes));
    }

    private static byte[] body(@Nullable HttpEntity entity, Destination from, int maxBytes)
            throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        // Not closed: that would read on to the end, which may be far.
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(maxBytes);
        if (content.read() >= 0) {
            throw OutboundException.failed(
                    "%s answered more than %d bytes".formatted(from.host(), maxBytes));
        }
        return body;
    }

    @PreDestroy
    void close() throws IOException {
        timer.shutdownNow();
        client.close();
    }
}
