package dev.phoenix.server.ingest.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Retrieved documents in the shapes of LangChain, Spring AI, Haystack and the convention. */
final class Documents {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Documents() {}

    /**
     * Null where none is a document.
     *
     * @param unread takes those that are none
     */
    static @Nullable ArrayNode of(JsonNode sent, Unread unread) {
        JsonNode list = sent;
        for (String wrapper : new String[] {"output", "documents", "results"}) {
            if (list.isObject() && list.path(wrapper).isContainer()) {
                list = list.get(wrapper);
            }
        }
        if (!list.isArray()) {
            return null;
        }
        ArrayNode documents = NODES.arrayNode();
        for (int i = 0; i < list.size(); i++) {
            ObjectNode document = document(JsonValues.opened(list.get(i)));
            if (document == null) {
                unread.add(i);
            } else {
                documents.addObject().set("document", document);
            }
        }
        return documents.isEmpty() ? null : documents;
    }

    private static @Nullable ObjectNode document(JsonNode sent) {
        ObjectNode document = NODES.objectNode();
        if (sent.isString()) {
            return document.put("content", JsonValues.unquoted(sent.asString()));
        }
        if (!sent.isObject()) {
            return null;
        }
        JsonNode item = sent.path("document").isObject() ? sent.get("document") : sent;
        item = item.path("kwargs").isObject() ? item.get("kwargs") : item;
        JsonNode id = Messages.first(item, "id", "document_id", "id_");
        if (id != null && !id.isContainer()) {
            document.put("id", id.asString());
        }
        JsonNode score = Messages.first(item, "score", "similarity", "relevance_score");
        JsonNode metadata = Messages.first(item, "metadata", "meta");
        if (score == null && metadata != null) {
            score = metadata.get("score");
        }
        Double number = Counts.real(score);
        if (number != null) {
            document.put("score", number);
        }
        JsonNode content = Messages.first(item, "content", "page_content", "pageContent", "text");
        if (content != null) {
            document.put("content", MessageParts.resultText(content));
        }
        if (metadata != null) {
            document.set("metadata", JsonValues.opened(metadata));
        } else if (number == null && Counts.real(item.get("distance")) != null) {
            document.putObject("metadata").set("distance", item.get("distance"));
        }
        return document.isEmpty() ? null : document;
    }
}
