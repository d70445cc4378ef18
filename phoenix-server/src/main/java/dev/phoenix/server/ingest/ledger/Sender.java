package dev.phoenix.server.ingest.ledger;

import dev.phoenix.server.ingest.decode.Origin;
import dev.phoenix.server.ingest.decode.ShortText;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who sent spans, as its resource says.
 *
 * @param sdk language, name and version of the SDK, as far as told
 */
record Sender(String serviceName, String sdk) {

    private static final int LONGEST = 200;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static Sender of(Origin resource) {
        JsonNode attributes = MAPPER.readTree(resource.attributes());
        String sdk =
                Stream.of("language", "name", "version")
                        .map(part -> text(attributes, "telemetry.sdk." + part))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" "));
        return new Sender(text(attributes, "service.name"), sdk);
    }

    private static String text(JsonNode attributes, String name) {
        return ShortText.of(attributes.path(name).asString(""), LONGEST);
    }
}
