package dev.phoenix.core.openinference;

import static dev.phoenix.core.openinference.OpenInference.at;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpanKindTest {

    @ParameterizedTest
    @EnumSource
    void name_inAnyCase_isRecognised(SpanKind kind) {
        assertThat(SpanKind.of(kind.name())).isEqualTo(kind);
        assertThat(SpanKind.of(kind.name().toLowerCase(java.util.Locale.ROOT))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"''", "123", "'LLM '", "robot", ","})
    void otherText_isUnknown(String text) {
        assertThat(SpanKind.of(text)).isEqualTo(SpanKind.UNKNOWN);
    }

    @Test
    void keysOfListMembers_nest() {
        String toolCalls =
                at(OpenInference.LLM_OUTPUT_MESSAGES, 0, OpenInference.MESSAGE_TOOL_CALLS);

        assertThat(at(toolCalls, 1, OpenInference.TOOL_CALL_FUNCTION_NAME))
                .isEqualTo("llm.output_messages.0.message.tool_calls.1.tool_call.function.name");
    }
}
