package dev.phoenix.server.db;

/**
 * Values of the column {@code spans.llm_marker}: what the columns of a span tell about its
 * attributes {@code llm.model_name} and {@code llm.token_count}, so that conditions on them read
 * neither the attributes nor, mostly, the row. The model's name is one only of spans that keep it
 * from that attribute.
 */
public final class LlmMarker {

    /** The attributes may say anything. All other values are not negative. */
    public static final int UNKNOWN = -1;

    /** Set if the total is there; it is the sum of both sides. */
    public static final int TOTAL = 1;

    /** Where the hash of the model's name is; 0 without a model. */
    public static final int MODEL = 0x7ffe;

    private LlmMarker() {}

    /** Of a model by its name, the same for ever. */
    public static int ofModel(String name) {
        int hash = name.hashCode();
        int folded = (hash ^ (hash >>> 14) ^ (hash >>> 28)) << 1 & MODEL;
        return folded == 0 ? 2 : folded;
    }
}
