package dev.phoenix.examples.rag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands for a model provider so that the example runs without one: a server on this machine that
 * speaks OpenAI's protocol and answers by simple rules.
 */
final class ScriptedOpenAi implements AutoCloseable {

    private static final int DIMENSIONS = 64;
    private static final Pattern ORDER = Pattern.compile("order (\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;

    ScriptedOpenAi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/v1/chat/completions", ScriptedOpenAi::chat);
        serve("/v1/embeddings", ScriptedOpenAi::embeddings);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(String path, UnaryOperator<JsonNode> answer) {
        server.createContext(
                path,
                exchange -> {
                    JsonNode request = JSON.readTree(exchange.getRequestBody());
                    send(exchange, JSON.writeValueAsBytes(answer.apply(request)));
                });
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static JsonNode chat(JsonNode request) {
        JsonNode messages = request.path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        String text = last.path("content").asText();
        if (last.path("role").asText().equals("tool")) {
            return completion(messages, "stop", answer(text + "."));
        }
        Matcher order = ORDER.matcher(text);
        return order.find()
                ? completion(messages, "tool_calls", toolCall(order.group(1)))
                : completion(messages, "stop", answer("Yes. " + firstPage(text)));
    }

    private static ObjectNode answer(String content) {
        return JSON.createObjectNode().put("role", "assistant").put("content", content);
    }

    private static ObjectNode toolCall(String orderNumber) {
        ObjectNode message = JSON.createObjectNode().put("role", "assistant");
        ObjectNode call = message.putArray("tool_calls").addObject();
        call.put("id", "call_1").put("type", "function");
        call.putObject("function")
                .put("name", "orderStatus")
                .put("arguments", "{\"orderNumber\": \"" + orderNumber + "\"}");
        return message;
    }

    /** LangChain4j puts what was found below the question, after an empty line. */
    private static String firstPage(String prompt) {
        String[] lines = prompt.split("\n+", -1);
        return lines.length > 2 ? lines[2] : "I do not know.";
    }

    private static JsonNode completion(JsonNode messages, String reason, ObjectNode message) {
        ObjectNode completion =
                JSON.createObjectNode()
                        .put("id", "chatcmpl-1")
                        .put("object", "chat.completion")
                        .put("created", 1)
                        .put("model", "gpt-4o-mini-2024-07-18");
        completion
                .putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", reason)
                .set("message", message);
        int prompt = words(messages.toString()).size();
        int answer = words(message.toString()).size();
        completion
                .putObject("usage")
                .put("prompt_tokens", prompt)
                .put("completion_tokens", answer)
                .put("total_tokens", prompt + answer);
        return completion;
    }

    private static JsonNode embeddings(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode().put("object", "list");
        answer.set("model", request.path("model"));
        ArrayNode data = answer.putArray("data");
        int tokens = 0;
        for (JsonNode text : request.path("input")) {
            List<String> words = words(text.asText());
            tokens += words.size();
            data.addObject()
                    .put("object", "embedding")
                    .put("index", data.size() - 1)
                    .set("embedding", JSON.valueToTree(vector(words)));
        }
        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return answer;
    }

    /** Texts with words in common are close to each other. */
    private static float[] vector(List<String> words) {
        float[] vector = new float[DIMENSIONS];
        for (String word : words) {
            vector[Math.floorMod(word.hashCode(), DIMENSIONS)] += 1;
        }
        return vector;
    }

    private static List<String> words(String text) {
        return Pattern.compile("\\w+")
                .matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
