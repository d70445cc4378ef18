package dev.phoenix.server.ingest.dialect;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who serves a model and whose interface it speaks, by the name a sender gives.
 *
 * @param provider null where only the interface is known
 * @param system null where the interface is not known
 */
record Provider(@Nullable String provider, @Nullable String system) {

    private static final Map<String, Provider> BY_NAME =
            Map.ofEntries(
                    Map.entry("openai", new Provider("openai", "openai")),
                    Map.entry("anthropic", new Provider("anthropic", "anthropic")),
                    Map.entry("cohere", new Provider("cohere", "cohere")),
                    Map.entry("mistral_ai", new Provider("mistralai", "mistralai")),
                    Map.entry("deepseek", new Provider("deepseek", null)),
                    Map.entry("groq", new Provider("groq", null)),
                    Map.entry("perplexity", new Provider("perplexity", null)),
                    Map.entry("x_ai", new Provider("xai", null)),
                    Map.entry("azure.ai.openai", new Provider("azure", "openai")),
                    Map.entry("azure.ai.inference", new Provider("azure", null)),
                    Map.entry("aws.bedrock", new Provider("aws", null)),
                    Map.entry("gcp.vertex_ai", new Provider("google", "vertexai")),
                    Map.entry("gcp.gen_ai", new Provider("google", null)),
                    Map.entry("gcp.gemini", new Provider("google", null)),
                    // Names before the convention settled, and those of other libraries.
                    Map.entry("az.ai.openai", new Provider("azure", "openai")),
                    Map.entry("az.ai.inference", new Provider("azure", null)),
                    Map.entry("azure", new Provider("azure", "openai")),
                    Map.entry("azure_openai", new Provider("azure", "openai")),
                    Map.entry("vertex_ai", new Provider("google", "vertexai")),
                    Map.entry("vertexai", new Provider("google", "vertexai")),
                    Map.entry("google_vertexai", new Provider("google", "vertexai")),
                    Map.entry("gemini", new Provider("google", null)),
                    Map.entry("google", new Provider("google", null)),
                    Map.entry("google_genai", new Provider("google", null)),
                    Map.entry("googleai", new Provider("google", null)),
                    Map.entry("aws", new Provider("aws", null)),
                    Map.entry("bedrock", new Provider("aws", null)),
                    Map.entry("mistral", new Provider("mistralai", "mistralai")),
                    Map.entry("mistralai", new Provider("mistralai", "mistralai")),
                    Map.entry("xai", new Provider("xai", null)));

    /** What frameworks say about themselves where a provider is asked for. */
    private static final Set<String> FRAMEWORKS =
            Set.of(
                    "spring_ai",
                    "autogen",
                    "haystack",
                    "livekit",
                    "pydantic_ai",
                    "semantic_kernel",
                    "strands-agents",
                    "langchain",
                    "langgraph",
                    "gcp.vertex.agent",
                    "crewai",
                    "llamaindex",
                    "mastra");

    /** Null for the names of frameworks. */
    static @Nullable Provider named(String name) {
        Provider known = BY_NAME.get(name);
        known = known == null ? BY_NAME.get(name.toLowerCase(Locale.ROOT)) : known;
        if (known != null) {
            return known;
        }
        return name.isBlank() || FRAMEWORKS.contains(name) ? null : new Provider(null, name);
    }

    /** Names with the kind of model behind them, say {@code openai.chat}. */
    static @Nullable Provider ofAiSdk(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        String vendor = dot < 0 ? lower : lower.substring(0, dot);
        return switch (vendor) {
            case "azure", "azure-openai" -> new Provider("azure", "openai");
            case "google" ->
                    lower.startsWith("google.vertex")
                            ? new Provider("google", "vertexai")
                            : new Provider("google", null);
            case "vertex" -> new Provider("google", "vertexai");
            case "amazon-bedrock" -> new Provider("aws", null);
            case "mistral" -> named("mistral_ai");
            case "xai" -> named("x_ai");
            default -> BY_NAME.containsKey(lower) ? named(lower) : named(vendor);
        };
    }

    /** By the host that answers; null for hosts that say nothing. */
    static @Nullable Provider ofHost(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.contains("openai.azure.com")) {
            return named("azure.ai.openai");
        }
        if (lower.contains("api.openai.com")) {
            return named("openai");
        }
        if (lower.contains("api.anthropic.com")) {
            return named("anthropic");
        }
        if (lower.contains("generativelanguage.googleapis.com")) {
            return named("gcp.gemini");
        }
        if (lower.contains("aiplatform.googleapis.com")) {
            return named("gcp.vertex_ai");
        }
        if (lower.contains("bedrock")) {
            return named("aws.bedrock");
        }
        if (lower.contains("api.mistral.ai")) {
            return named("mistral_ai");
        }
        if (lower.contains("api.deepseek.com")) {
            return named("deepseek");
        }
        return lower.contains("api.groq.com") ? named("groq") : null;
    }

    void putInto(Reading reading, String source) {
        if (provider != null) {
            reading.put("llm.provider", provider, source);
        }
        if (system != null) {
            reading.put("llm.system", system, source);
        }
    }
}
