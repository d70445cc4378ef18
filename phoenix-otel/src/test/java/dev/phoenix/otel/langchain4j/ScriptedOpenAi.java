package dev.phoenix.otel.langchain4j;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A server that speaks OpenAI's protocol and gives prepared answers in turn. */
final class ScriptedOpenAi implements AutoCloseable {

    private record Answer(int status, String contentType, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final HttpServer server;

    ScriptedOpenAi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    void answer(String json) {
        answers.add(new Answer(200, "application/json", json));
    }

    void stream(String... chunks) {
        StringBuilder events = new StringBuilder();
        for (String chunk : chunks) {
            events.append("data: ").append(chunk).append("\n\n");
        }
        answers.add(new Answer(200, "text/event-stream", events + "data: [DONE]\n\n"));
    }

    void fail(int status, String json) {
        answers.add(new Answer(status, "application/json", json));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Answer answer = answers.remove();
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", answer.contentType);
        exchange.sendResponseHeaders(answer.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
