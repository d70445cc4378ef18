package dev.phoenix.server.trace;

import dev.phoenix.server.api.Timestamps;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Stored events as REST shows them: copied, but for the notation of their time. */
record FlatEvents(String stored) implements JacksonSerializable {

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
        JsonWalk walk = new JsonWalk(stored);
        json.writeStartArray();
        walk.list(() -> event(json, walk));
        json.writeEndArray();
    }

    private void event(JsonGenerator json, JsonWalk walk) {
        json.writeStartObject();
        walk.object(
                name -> {
                    json.writeName(name);
                    if (name.equals("timestamp")) {
                        json.writeString(Timestamps.format(Timestamps.parse(walk.string())));
                    } else {
                        FlatAttributes.copy(json, stored, walk);
                    }
                });
        json.writeEndObject();
    }

    @Override
    public void serializeWithType(
            JsonGenerator json, SerializationContext context, TypeSerializer types) {
        serialize(json, context);
    }
}
