package dev.phoenix.server.auth.apikey;

import static io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.newBlockingStub;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Exporters with keys in every state, over both transports. */
class ExporterKeysTest {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void spans_areStoredOnlyForKeysThatAreGood(TestEngine engine) {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        try (TestServer server =
                TestServer.start(
                        engine, TestServer.AUTHENTICATION, () -> Instant.now().plus(ahead.get()))) {
            Browser owner = Browser.as(server, "MEMBER");
            Map<String, @Nullable String> keys = new LinkedHashMap<>();
            keys.put("expiring", key(owner, Duration.ofHours(2)));
            keys.put("everlasting", key(owner, null));
            keys.put("secret", TestServer.ADMIN_SECRET);
            keys.put("expired", key(owner, Duration.ofMinutes(30)));
            keys.put("deleted", deletedKey(owner));
            keys.put("missing", null);
            ahead.set(Duration.ofHours(1));

            Set<String> good = Set.of("expiring", "everlasting", "secret");
            keys.forEach(
                    (name, key) -> {
                        assertThat(sendHttp(server, "http " + name, key))
                                .as(name)
                                .isEqualTo(good.contains(name) ? 200 : 401);
                        assertThat(sendGrpc(server, "grpc " + name, key))
                                .as(name)
                                .isEqualTo(
                                        good.contains(name)
                                                ? Status.Code.OK
                                                : Status.Code.UNAUTHENTICATED);
                    });
            assertThat(stored(server))
                    .containsExactlyInAnyOrder(
                            "http expiring",
                            "grpc expiring",
                            "http everlasting",
                            "grpc everlasting",
                            "http secret",
                            "grpc secret");
        }
    }

    private static String key(Browser owner, @Nullable Duration life) {
        return created(owner, life).at("/data/key").asString();
    }

    private static String deletedKey(Browser owner) {
        JsonNode key = created(owner, null);
        assertThat(owner.delete("/v1/user/api_keys/" + key.at("/data/id").asString()).statusCode())
                .isEqualTo(204);
        return key.at("/data/key").asString();
    }

    private static JsonNode created(Browser owner, @Nullable Duration life) {
        Map<String, String> wanted =
                life == null
                        ? Map.of("name", "exporter")
                        : Map.of(
                                "name",
                                "exporter",
                                "expires_at",
                                Instant.now().plus(life).toString());
        return Api.json(owner.post("/v1/user/api_keys", Map.of("data", wanted)).body());
    }

    private static int sendHttp(TestServer server, String span, @Nullable String key) {
        var request =
                server.request("/v1/traces")
                        .header("Content-Type", "application/x-protobuf")
                        .POST(BodyPublishers.ofByteArray(request(span).toByteArray()));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return server.send(request).statusCode();
    }

    private static Status.Code sendGrpc(TestServer server, String span, @Nullable String key) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", server.grpcPort())
                        .usePlaintext()
                        .build();
        try {
            Metadata headers = new Metadata();
            if (key != null) {
                headers.put(AUTHORIZATION, "Bearer " + key);
            }
            newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .export(request(span));
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    private static ExportTraceServiceRequest request(String name) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder()
                .addScopeSpansBuilder()
                .addSpans(
                        Span.newBuilder()
                                .setTraceId(random(16))
                                .setSpanId(random(8))
                                .setName(name)
                                .setStartTimeUnixNano(1_767_225_600_000_000_000L)
                                .setEndTimeUnixNano(1_767_225_601_000_000_000L));
        return request.build();
    }

    private static ByteString random(int length) {
        byte[] bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private static Set<String> stored(TestServer server) {
        var request =
                server.request("/v1/projects/default/spans")
                        .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET);
        return Api.json(server.send(request).body())
                .path("data")
                .valueStream()
                .map(span -> span.path("name").asString())
                .collect(Collectors.toSet());
    }
}
