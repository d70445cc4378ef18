package dev.phoenix.server.cost;

import org.jspecify.annotations.Nullable;

/** Providers that the API names by an enum, and what senders write into {@code llm.provider}. */
enum ProviderKey {
    OPENAI("openai"),
    ANTHROPIC("anthropic"),
    AZURE_OPENAI("azure"),
    GOOGLE("google"),
    DEEPSEEK("deepseek"),
    XAI("xai"),
    OLLAMA("ollama"),
    AWS("aws"),
    CEREBRAS("cerebras"),
    FIREWORKS("fireworks"),
    GROQ("groq"),
    MOONSHOT("moonshot"),
    MINIMAX("minimax"),
    PERPLEXITY("perplexity"),
    TOGETHER("together"),
    ZAI("zai"),
    META("meta");

    private final String provider;

    ProviderKey(String provider) {
        this.provider = provider;
    }

    static @Nullable ProviderKey of(String provider) {
        for (ProviderKey key : values()) {
            if (key.provider.equals(provider)) {
                return key;
            }
        }
        return null;
    }
}
