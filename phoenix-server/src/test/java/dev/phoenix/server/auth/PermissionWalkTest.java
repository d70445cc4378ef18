package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.auth.Operation.Surface;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import graphql.schema.GraphQLSchema;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for everything as everybody, and compares what happens with the policy. */
@ServerTest(authentication = true)
class PermissionWalkTest {

    private static final PolicyTable POLICY = PolicyTable.standard();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;

    PermissionWalkTest(TestServer server) {
        this.server = server;
    }

    @Test
    void everyRoute_isOpenToWhomThePolicySays() {
        Map<PermissionCaller, String> tokens = tokens();
        List<String> wrong = new ArrayList<>();
        for (Operation operation : operations(Surface.HTTP)) {
            String[] parts = operation.name().split(" ");
            boolean walked = !parts[0].equals("*") && POLICY.required(operation) != Role.ANONYMOUS;
            for (PermissionCaller caller : PermissionCaller.values()) {
                if (walked) {
                    String path = parts[1].replaceAll("\\{\\w+}", "x");
                    int status = status(parts[0], path, tokens.get(caller), "{}");
                    if (!expected(caller, operation, status)) {
                        wrong.add(operation + " by " + caller + ": " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatNeedsNoLogin_isOpenToAnybody() {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : operations(Surface.HTTP)) {
            String[] parts = operation.name().split(" ");
            if (POLICY.required(operation) == Role.ANONYMOUS && !parts[1].startsWith("/auth/")) {
                String path = parts[1].replaceAll("\\{\\w+}|\\*\\*", "x");
                String method = parts[0].equals("*") ? "GET" : parts[0];
                int status = status(method, path, null, null);
                if (status == 401 || status == 403) {
                    wrong.add(operation + ": " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyGraphQlField_isOpenToWhomThePolicySays() {
        Map<PermissionCaller, String> tokens = tokens();
        GraphQLSchema schema = SampleQuery.schema();
        List<String> wrong = new ArrayList<>();
        for (Operation operation : operations(Surface.GRAPHQL_FIELD)) {
            String query = SampleQuery.of(schema, operation.name());
            for (PermissionCaller caller : PermissionCaller.values()) {
                HttpResponse<String> response =
                        send(
                                "POST",
                                "/graphql",
                                tokens.get(caller),
                                JSON.writeValueAsString(Map.of("query", query)));
                boolean refused =
                        response.statusCode() == 401
                                || "UNAUTHORIZED"
                                        .equals(
                                                JSON.readTree(response.body())
                                                        .at("/errors/0/extensions/code")
                                                        .asString(""));
                if (refused == caller.isLetThrough(POLICY, operation)) {
                    wrong.add(operation + " by " + caller + ": " + response.body());
                }
                assertThat(response.body()).as(query).doesNotContain("InvalidSyntax", "Validation");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyGrpcMethod_isOpenToWhomThePolicySays() {
        Map<PermissionCaller, String> tokens = tokens();
        assertThat(operations(Surface.GRPC)).isNotEmpty();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", server.grpcPort())
                        .usePlaintext()
                        .build();
        try {
            for (Operation method : operations(Surface.GRPC)) {
                for (PermissionCaller caller : PermissionCaller.values()) {
                    Status.Code expected =
                            caller.isLetThrough(POLICY, method)
                                    ? Status.Code.OK
                                    : caller == PermissionCaller.ANONYMOUS
                                            ? Status.Code.UNAUTHENTICATED
                                            : Status.Code.PERMISSION_DENIED;
                    assertThat(call(channel, method, tokens.get(caller)))
                            .as(method + " by " + caller)
                            .isEqualTo(expected);
                }
                assertThat(call(channel, method, "garbage")).isEqualTo(Status.Code.UNAUTHENTICATED);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private static List<Operation> operations(Surface surface) {
        return POLICY.operations().stream()
                .filter(operation -> operation.surface() == surface)
                .toList();
    }

    private static boolean expected(PermissionCaller caller, Operation operation, int status) {
        if (caller.isLetThrough(POLICY, operation)) {
            return status != 401 && status != 403 && status < 500;
        }
        return status == (caller == PermissionCaller.ANONYMOUS ? 401 : 403);
    }

    /** Of no bytes, which is an empty request of any type. */
    private static Status.Code call(
            ManagedChannel channel, Operation method, @Nullable String token) {
        Metadata headers = new Metadata();
        if (token != null) {
            headers.put(
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                    "Bearer " + token);
        }
        MethodDescriptor<byte[], byte[]> descriptor =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(method.name())
                        .setRequestMarshaller(Bytes.MARSHALLER)
                        .setResponseMarshaller(Bytes.MARSHALLER)
                        .build();
        try {
            ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(
                            channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                    descriptor,
                    CallOptions.DEFAULT,
                    new byte[0]);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        MARSHALLER;

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try (message) {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What each caller shows; nothing for anybody. */
    private Map<PermissionCaller, String> tokens() {
        Map<PermissionCaller, String> tokens = new EnumMap<>(PermissionCaller.class);
        for (PermissionCaller caller : PermissionCaller.values()) {
            switch (caller.credential()) {
                case SESSION ->
                        tokens.put(caller, session(caller.role()).cookie("phoenix-access-token"));
                case USER_KEY ->
                        tokens.put(caller, key(session(caller.role()), "/v1/user/api_keys"));
                case SYSTEM_KEY ->
                        tokens.put(caller, key(session(Role.ADMIN), "/v1/system/api_keys"));
                case ADMIN_SECRET -> tokens.put(caller, TestServer.ADMIN_SECRET);
                case OFF, NONE -> {}
            }
        }
        return tokens;
    }

    private Browser session(Role role) {
        return TestUser.create(server, role.name()).logIn(server);
    }

    private static String key(Browser browser, String path) {
        HttpResponse<String> response = browser.post(path, Map.of("data", Map.of("name", "walk")));
        JsonNode created = JSON.readTree(response.body());
        return Objects.requireNonNull(created.at("/data/key").asString());
    }

    /** Without the body, which a stream of events never ends. */
    private int status(String method, String path, @Nullable String token, @Nullable String body) {
        var response =
                server.send(request(method, path, token, body), BodyHandlers.ofInputStream());
        try (InputStream _ = response.body()) {
            return response.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable String token, @Nullable String body) {
        return server.send(request(method, path, token, body));
    }

    private HttpRequest.Builder request(
            String method, String path, @Nullable String token, @Nullable String body) {
        var request =
                server.request(path)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }
}
