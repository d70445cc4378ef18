package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;

/** Requests of the Model Context Protocol. */
final class Mcp implements Dialect {

    private static final Map<String, String> KINDS =
            Map.of(
                    "tools/call", "TOOL",
                    "resources/read", "RETRIEVER",
                    "prompts/get", "PROMPT");

    @Override
    public String id() {
        return "mcp";
    }

    @Override
    public String title() {
        return "Model Context Protocol";
    }

    @Override
    public List<String> evidence() {
        return List.of("mcp.");
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kind("mcp.method.name", KINDS),
                Rule.kindWhen("CHAIN", "mcp.method.name", span -> span.has("mcp.method.name")),
                Rule.of(
                                "tool.name",
                                Mcp::tool,
                                "gen_ai.tool.name",
                                "mcp.tool.name",
                                "mcp.request.params.name")
                        .on("TOOL"),
                Rule.input(
                        "gen_ai.tool.call.arguments",
                        "mcp.request.argument",
                        "mcp.request.params.arguments",
                        "mcp.request.arguments",
                        "mcp.request.params",
                        "mcp.tool.arguments",
                        "mcp.tool.input",
                        "mcp.resource.uri"),
                Rule.output(
                        "gen_ai.tool.call.result",
                        "mcp.response.value",
                        "mcp.response.result",
                        "mcp.tool.result",
                        "mcp.tool.output",
                        "mcp.response"),
                Rule.text("prompt.id", "gen_ai.prompt.name", "mcp.prompt.name").on("PROMPT"));
    }

    /** Spans are named {@code tools/call NAME}. */
    private static void tool(Reading reading) {
        for (String source :
                List.of("gen_ai.tool.name", "mcp.tool.name", "mcp.request.params.name")) {
            if (reading.firstText("tool.name", source)) {
                return;
            }
        }
        String name = reading.span().name();
        if (name.startsWith("tools/call ")) {
            reading.put("tool.name", name.substring("tools/call ".length()), "name");
        }
    }
}
