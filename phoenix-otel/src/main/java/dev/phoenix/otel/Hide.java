package dev.phoenix.otel;

/**
 * What a {@link TraceConfig} keeps out of spans. Each is also an environment variable: {@code
 * OPENINFERENCE_HIDE_INPUTS=true} for {@link #INPUTS}.
 */
public enum Hide {
    /** Everything that goes in: input value, input messages, tools. */
    INPUTS,
    /** Everything that comes out: output value, output messages. */
    OUTPUTS,
    INPUT_MESSAGES,
    OUTPUT_MESSAGES,
    /** Images inside input messages. */
    INPUT_IMAGES,
    /** Texts inside input messages; roles and tool calls stay. */
    INPUT_TEXT,
    /** Texts inside output messages; roles and tool calls stay. */
    OUTPUT_TEXT,
    LLM_INVOCATION_PARAMETERS,
    LLM_TOOLS,
    /** Prompts of completion models. */
    PROMPTS,
    /** Answers of completion models. */
    CHOICES,
    EMBEDDINGS_VECTORS,
    EMBEDDINGS_TEXT
}
