package dev.phoenix.server.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.util.TokenBuffer;

/** Keeps a value of the wrong type while it can be read: errors show it to its sender. */
final class WrongValues extends DeserializationProblemHandler {

    /** What is larger is not shown: a whole body may be what is wrong. */
    private static final int MOST_TOKENS = 1000;

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context,
            JavaType type,
            JsonToken token,
            JsonParser json,
            @Nullable String message) {
        throw wrong(context, type.getRawClass(), json, message);
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            ValueInstantiator instantiator,
            JsonParser json,
            @Nullable String message) {
        throw wrong(context, type, json, message);
    }

    private static InvalidFormatException wrong(
            DeserializationContext context,
            Class<?> type,
            JsonParser json,
            @Nullable String message) {
        String rule = message == null ? "no " + type.getSimpleName() : message;
        return InvalidFormatException.from(json, rule, value(context, json), type);
    }

    private static @Nullable Object value(DeserializationContext context, JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == null || !token.isStructStart()) {
            return token == null || token.isStructEnd() ? null : context.readTree(json);
        }
        try (TokenBuffer copy = context.bufferForInputBuffering(json)) {
            return isCopied(json, copy) ? read(context, copy) : null;
        }
    }

    private static boolean isCopied(JsonParser json, TokenBuffer copy) {
        int depth = 0;
        for (int tokens = 0; tokens < MOST_TOKENS; tokens++) {
            JsonToken token = json.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            copy.copyCurrentEvent(json);
            if (depth == 0) {
                return true;
            }
            json.nextToken();
        }
        return false;
    }

    private static Object read(DeserializationContext context, TokenBuffer copy) {
        try (JsonParser again = copy.asParser(context)) {
            again.nextToken();
            return context.readTree(again);
        }
    }
}
