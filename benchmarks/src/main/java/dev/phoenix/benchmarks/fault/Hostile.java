package dev.phoenix.benchmarks.fault;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.SplittableRandom;

/** Attributes nobody should send. */
final class Hostile {

    /**
     * Protobuf refuses messages that are nested deeper than this, and each value is two of them.
     */
    private static final int DEEPEST_VALUE = 40;

    private static final String[] WORDS = {
        "",
        ".",
        "..",
        "a..b",
        ".a",
        "a.",
        "0",
        "1.2.3",
        "a.0.b",
        "a.999999999.b",
        "-1",
        "a.b",
        "a",
        "__proto__",
        "constructor.prototype",
        "$",
        "$.a[0]",
        "a[0]",
        "a'b",
        "a\"b",
        "a\\b",
        "'; DROP TABLE spans; --",
        "%s%n",
        "${jndi:ldap://localhost}",
        "\0",
        "\u0001\u001f",
        "\u202e\u200b",
        "\ud83d\ude00",
        "\uffff",
        " ",
        "\n\t",
        "null",
        "NaN",
        "true",
        "llm.token_count.prompt",
        "llm.token_count.completion",
        "llm.token_count.prompt_details.cache_read",
        "llm.model_name",
        "llm.invocation_parameters",
        "llm.input_messages.0.message.content",
        "llm.input_messages.x",
        "openinference.span.kind",
        "session.id",
        "user.id",
        "metadata",
        "tag.tags",
        "input.value",
        "input.mime_type",
        "output.value",
        "retrieval.documents.0.document.content",
        "gen_ai.operation.name",
        "gen_ai.input.messages",
        "gen_ai.usage.input_tokens"
    };

    private static final long[] NUMBERS = {
        0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53
    };

    private static final double[] REALS = {
        0.0, -0.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE
    };

    private Hostile() {}

    static KeyValue attribute(SplittableRandom random) {
        return KeyValue.newBuilder().setKey(key(random)).setValue(value(random, 0)).build();
    }

    private static String key(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> word(random) + "." + word(random);
            case 1 -> (word(random) + ".").repeat(random.nextInt(300)) + word(random);
            case 2 -> "k".repeat(random.nextInt(5_000));
            case 3 -> word(random) + "." + random.nextInt() + "." + word(random);
            default -> word(random);
        };
    }

    private static AnyValue value(SplittableRandom random, int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        return switch (random.nextInt(depth < DEEPEST_VALUE ? 9 : 6)) {
            case 0 -> value.build();
            case 1 -> value.setStringValue(word(random)).build();
            case 2 -> value.setIntValue(NUMBERS[random.nextInt(NUMBERS.length)]).build();
            case 3 -> value.setDoubleValue(REALS[random.nextInt(REALS.length)]).build();
            case 4 -> value.setBoolValue(random.nextBoolean()).build();
            case 5 -> value.setBytesValue(ByteString.copyFrom(new byte[] {0, -1, 34})).build();
            case 6 -> value.setStringValue(json(random)).build();
            case 7 -> {
                ArrayValue.Builder array = ArrayValue.newBuilder();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    array.addValues(value(random, depth + 1));
                }
                yield value.setArrayValue(array).build();
            }
            default -> {
                KeyValueList.Builder list = KeyValueList.newBuilder();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    list.addValues(
                            KeyValue.newBuilder()
                                    .setKey(word(random))
                                    .setValue(value(random, depth + 1)));
                }
                yield value.setKvlistValue(list).build();
            }
        };
    }

    /** Attributes that hold JSON are read as JSON. */
    private static String json(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> "[".repeat(random.nextInt(2_000));
            case 1 -> "{\"a\":".repeat(random.nextInt(500)) + "1";
            case 2 -> "{\"a\":1e9999,\"a\":\"\\ud800\\u0000\"}";
            case 3 -> "[".repeat(900) + "]".repeat(900);
            default -> "{\"" + word(random).replace("\"", "") + "\":[null,{},\"x\"]}";
        };
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
