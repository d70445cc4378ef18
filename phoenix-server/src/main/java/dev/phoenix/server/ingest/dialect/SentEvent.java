package dev.phoenix.server.ingest.dialect;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event of a span, or a log record that belongs to it.
 *
 * @param timeNs since the epoch
 * @param body of a log record; span events have none
 * @param attributes flat, as they were sent
 */
public record SentEvent(
        String name, long timeNs, @Nullable JsonNode body, Map<String, JsonNode> attributes) {

    /**
     * Body and attributes as one object: the same field is in the one for some senders and in the
     * other for others. A body that is JSON text is opened.
     */
    JsonNode fields() {
        JsonNode opened = body == null ? null : JsonValues.opened(body);
        if (attributes.isEmpty() && opened != null && opened.isObject()) {
            return opened;
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        attributes.forEach(fields::set);
        if (opened != null && opened.isObject()) {
            opened.forEachEntry(fields::set);
        } else if (opened != null && !opened.isNull()) {
            fields.set("content", opened);
        }
        return fields;
    }
}
