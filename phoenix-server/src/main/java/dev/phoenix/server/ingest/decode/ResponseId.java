package dev.phoenix.server.ingest.decode;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a provider called its answer to a call, from the answer as OpenInference records it, which
 * has no attribute for it.
 */
final class ResponseId {

    /** Long enough for the answer's head, where the id is. */
    private static final int HEAD = 4096;

    private static final JsonFactory JSON = new JsonFactory();

    private ResponseId() {}

    static @Nullable String inAnswer(@Nullable String answer) {
        if (answer == null || !answer.startsWith("{")) {
            return null;
        }
        int id = answer.indexOf("\"id\"");
        return id < 0 || id > HEAD || !isAnswerOfProvider(answer) ? null : topLevelId(answer);
    }

    /** Structured output of people may have an id as well. */
    private static boolean isAnswerOfProvider(String answer) {
        return answer.contains("\"model\"") || answer.contains("\"usage\"");
    }

    private static @Nullable String topLevelId(String answer) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isId = json.currentName().equals("id");
                JsonToken value = json.nextToken();
                if (isId) {
                    return value == JsonToken.VALUE_STRING ? json.getString() : null;
                }
                json.skipChildren();
            }
            return null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
