package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.ingest.decode.DecodedRecordings;
import dev.phoenix.server.ingest.decode.Restatement;
import dev.phoenix.server.kit.Recording;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The facts of all recordings, events from logs joined, without a server. */
class DialectFactsTest {

    @Test
    void facts_of_spans_with_their_events_are_read() throws IOException {
        Set<String> missed = new TreeSet<>();
        int counted = 0;
        for (String name : Recording.names()) {
            Facts facts = read(name, new Dialects());
            counted += facts.counted();
            missed.addAll(facts.missed());
        }
        System.out.printf("%d of %d facts read%n", counted - missed.size(), counted);
        assertThat(missed).isEqualTo(Facts.notRead());
        assertThat(missed.size()).isLessThan(counted / 50);
    }

    private static Facts read(String name, Dialects dialects) {
        Facts facts = new Facts(name);
        Map<String, Restatement> read = DecodedRecordings.joined(name, dialects);
        Map<String, String> statuses = new HashMap<>();
        DecodedRecordings.spans(name, dialects)
                .forEach(span -> statuses.put(span.spanId(), span.status()));
        JsonNode expected =
                Facts.expected(DecodedRecordings.FOLDER.resolve(name + ".expected.json"));
        for (JsonNode span : expected.get("spans")) {
            String id = span.get("spanId").asString();
            Restatement shown = Objects.requireNonNull(read.get(id));
            facts.compare(
                    span,
                    new Facts.Shown(
                            shown.kind(),
                            Objects.requireNonNull(statuses.get(id)),
                            shown.columns().sessionId(),
                            shown.columns().userId(),
                            JsonValues.read(shown.attributes())));
        }
        return facts;
    }
}
